"""The manuscript: Markdown as the rich editor opens it, and what the editor gives back as Markdown.

Markdown is what is kept; the editor's HTML lives for the length of a visit. There and back is without
loss for everything the editor offers: headings, bold, italic, struck out, links, code, lists, quotes,
tables, pictures, rules. What fits no Markdown (merged cells, colours, empty lines) falls away.
"""

from .opening import to_editor
from .reading import from_editor

__all__ = ["from_editor", "to_editor"]
