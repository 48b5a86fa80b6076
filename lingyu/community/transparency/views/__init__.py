"""The public pages: numbers of a month, and the log of decisions."""
