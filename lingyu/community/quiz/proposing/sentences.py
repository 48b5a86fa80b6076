"""Sentences of an article that a question can be made of: whole, and worth remembering.

Holds the cutting of HTML into sentences, and what is said about each: whether it leans on the one
before it, and how much it claims.
"""

import re
from dataclasses import dataclass
from html import unescape

# In characters: less says nothing, more is no question any more.
SHORT, LONG = 10, 100
# What is no running text: headings, code, cells of tables.
_APART = re.compile(r"<(h[1-6]|pre|table)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]+>")
_BLOCK = re.compile(r"</(?:p|li|blockquote)>|<(?:br|hr)[^>]*>")
_END = re.compile(r"(?<=[。！？!?])[」”’）]*|(?<=[a-z0-9)]\.)\s+(?=[A-Z])")
_LEANS = re.compile(
    r"(?:[它这那他她]|因此|所以|于是|但是?|可是|不过|而|其中|同样|反过来|也|再|另外|剩下|前者|后者|结果|原因|"
    r"It |They |This |That |These |Those |He |She |But |So |And )"
)
_ASKS = re.compile(r"[？?]|[「“]$|^[」”]|^(?:我|你|咱)(?!们)")
_PAIRS = ("「」", "“”", "（）", "()", "《》")
# Words by which a sentence claims something, and how much: results, comparisons, definitions.
_CLAIMS = (
    (
        2.0,
        re.compile(
            r"[%％]|百分|[两二三四五六七八九十]成|倍|涨|降|升|跌|高出|低于|超过|从.{1,12}到|比.{1,16}[高低多少快慢]"
        ),
    ),
    (
        1.5,
        re.compile(
            r"而是|就是|才是|等于|取决于|意味着|叫做?|看的是|指的是|归成|分成|改成|换成|来自|只看|只剩|只做"
        ),
    ),
    (0.6, re.compile(r"是|只|最|必须|一定|至少|至多|不能|总共|一共| is | are | only | most | must ")),
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, the one before it in its paragraph, its place in the text, and what it claims."""

    text: str
    before: str
    place: int
    claim: float

    @property
    def leans(self) -> bool:
        """Whether it speaks of something that only the sentence before has named."""
        return bool(_LEANS.match(self.text))


def sentences_of(html: str) -> list[Sentence]:
    """Those that a question can be made of, in order."""
    plain = unescape(_TAG.sub("", _BLOCK.sub("\n", _APART.sub("\n", html))))
    found = []
    for paragraph in filter(str.strip, plain.split("\n")):
        before = ""
        for said in _END.split(paragraph):
            text = " ".join(said.split())
            if SHORT <= len(text) <= LONG and _whole(text):
                found.append(Sentence(text, before, len(found), _claim(text)))
            before = text
    return found


def _whole(text: str) -> bool:
    balanced = all(text.count(a) == text.count(b) for a, b in _PAIRS)
    return balanced and text[-1] in "。！.!；;" and not _ASKS.search(text)


def _claim(text: str) -> float:
    return sum(weight for weight, pattern in _CLAIMS if pattern.search(text))
