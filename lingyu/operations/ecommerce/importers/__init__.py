"""Outside files of e-commerce: one adapter a format, and the commands that read them.

`formats` says what an adapter is; `reading` turns a file into entries; `orders` and `visitors`
are the commands. Nothing here writes: the actions do.
"""
