"""Labelled texts for the classifier: an operator's files, and what reviewers decided.

Holds reading and naming only; learning is in `screening.classifier`.
"""
