"""Levers on the desks: pulled on a page of their own, and what their metric did afterwards.

Holds `views` (the page, the pull, taking it back) and `effects` (before and after). What a lever
does is its operation's; this package knows it by the manifest only.
"""
