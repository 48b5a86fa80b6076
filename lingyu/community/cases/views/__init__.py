"""Pages of the cases, one module a concern. Find, call, render.

For members: `standing`, `reporting`, `statements`, `appealing`. For moderators: the others.
"""
