"""The hammer: many processes earn, spend, refund and expire feathers at once, and then every row is checked.

`python -m tests.hammer --processes 20 --ops 20000` is `make hammer`; `test_hammer` runs a short form in the
suite. After envato/double_entry's jack_hammer, with what it leaves out: the same key by two processes at the
same moment, and writers killed in the middle.
"""
