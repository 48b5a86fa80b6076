"""Opening a manuscript: Markdown as HTML for the editor.

Differs from `prose` in what the editor does not want: anchors, sizes of pictures, line breaks that
are none.
"""

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it.common.utils import escapeHtml

from lingyu.community.pictures.addresses import ours

from ..markdown import is_cjk, parser, text_of, too_deep
from .tree import ATTRIBUTES, SCHEMES, TAGS


def to_editor(markdown: str) -> str:
    """`markdown` as safe HTML that the editor opens, block after block.

    Raises ValidationError for what stands too deep to be shown.
    """
    tokens = _PARSER.parse(markdown)
    if too_deep(tokens):
        raise ValidationError(_("Lists and quotes stand too deep inside one another."))
    _unwrap_pictures(tokens)
    for token in tokens:
        if token.type == "inline":
            _join_lines(token.children)
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            # The page's own title is the one of the first level.
            token.tag = "h2"
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def _unwrap_pictures(tokens) -> None:
    """A picture that is alone in its paragraph is a block in the editor."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        alone = inline.children if opening.type == "paragraph_open" and inline.type == "inline" else ()
        if len(alone or ()) == 1 and alone[0].type == "image" and ours(alone[0].attrGet("src") or ""):
            opening.tag = closing.tag = "figure"
            opening.hidden = closing.hidden = False


def _join_lines(children) -> None:
    """A line break in a paragraph is a space, and nothing at all between Chinese characters."""
    for before, token, after in zip(children, children[1:], children[2:], strict=False):
        if token.type == "softbreak":
            touching = before.content[-1:], after.content[:1]
            token.type, token.content = "text", "" if all(c and is_cjk(c) for c in touching) else " "


def _image(self, tokens, index, options, env) -> str:
    token = tokens[index]
    source, text = token.attrGet("src") or "", escapeHtml(text_of(token))
    if not ours(source):
        return f'<a href="{escapeHtml(source)}">{text or escapeHtml(source)}</a>'
    caption = escapeHtml(token.attrGet("title") or "")
    return f'<img src="{source}" alt="{text}"' + (f' title="{caption}">' if caption else ">")


def _cell(self, tokens, index, options, env) -> str:
    token = tokens[index]
    side = (token.attrs.pop("style", "") or "").removeprefix("text-align:")
    if side in {"right", "center"}:
        token.attrSet("class", {"right": "end", "center": "middle"}[side])
    return self.renderToken(tokens, index, options, env)


_PARSER = parser()
_PARSER.add_render_rule("image", _image)
_PARSER.add_render_rule("th_open", _cell)
_PARSER.add_render_rule("td_open", _cell)
