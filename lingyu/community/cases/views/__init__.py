"""The moderators' pages, one module a concern. Find, call, render."""
