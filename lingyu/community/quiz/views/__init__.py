"""The views of the quiz: for readers, and for who writes the questions."""
