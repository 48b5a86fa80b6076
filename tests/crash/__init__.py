"""Kill −9, again and again, while facts are written: what was acknowledged is there, and once.

`python -m tests.crash --rounds 100` is `make crash`; `test_crash` runs a few rounds in the suite.
What a kill cannot show is a power cut: the disk's cache outlives a process. Durability against
that rests on `synchronous=FULL` and on fsync before a file is published.
"""
