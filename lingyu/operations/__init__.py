"""Floor 3: the kinds of operations work, each a folder, strangers to one another.

Found by their `operation.py`; nothing below may import them.
"""
