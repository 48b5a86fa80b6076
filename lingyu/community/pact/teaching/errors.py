"""The one error of teaching: what is wrong with what was given, in the reader's language."""


class TeachingRefused(Exception):
    """Nothing can be learnt from this; the message says where (file, row, field), what, and what to do."""
