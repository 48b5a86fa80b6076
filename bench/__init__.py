"""What is fast and what is not, measured beside a peer or a limit in the same run.

Nothing here is a test: a loaded machine shifts every figure, so ratios are what counts.
"""
