"""Clause by clause: what is still found in each of sixteen disguises, and what clean text is hit by mistake.

`python -m bench.screening_quality --clauses markdown` (or `json`) prints it. For each clause that machines
find, two things are disguised: what gives away the pact's own examples, where it stands (`hits`), and terms
of the banks before near misses of the pact (`terms`, of clauses whose terms need no company). Both without
the model, which has learnt the examples. Clauses that wait for a report or a person are listed as what they
are: nothing is found under them, in any spelling.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from lingyu.community.pact.clauses import examples
from lingyu.community.pact.screening import Post, Screener
from lingyu.community.pact.screening.evasions import OPERATORS

TERMS = 40  # of a clause, at most
NEAR_MISSES = "near misses"
# What has no Chinese character has no sound, no look and no parts to be written by.
OF_ANY_SCRIPT = frozenset({"zero-width", "symbols", "spaces", "combining"})


@dataclass(frozen=True, slots=True)
class Share:
    """`found` of `of` tries."""

    found: int = 0
    of: int = 0

    @property
    def rate(self) -> float | None:
        """In 0…1; nothing where nothing was tried."""
        return self.found / self.of if self.of else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.found + other.found, self.of + other.of)


@dataclass(slots=True)
class Row:
    """One clause: `hits` and `terms` by operator; `false` and `bare` (without the model) by set of texts."""

    code: str
    detection: str
    strongest: str
    hits: dict[str, Share] = field(default_factory=dict)
    terms: dict[str, Share] = field(default_factory=dict)
    false: dict[str, Share] = field(default_factory=dict)
    bare: dict[str, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A post with the places in its text or title that give a breach away, half-open and in order."""

    post: Post
    places: tuple[tuple[int, int], ...]
    field: str = "text"

    def disguised(self, name: str, chance: Random) -> Post | None:
        """The post with every place in the disguise `name`; nothing where none of them can be written so."""
        whole = getattr(self.post, self.field)
        parts, done = [], 0
        for start, end in self.places:
            plain = whole[start:end]
            form = OPERATORS[name](plain, chance) if _writable(plain, name) else None
            parts += [whole[done:start], form or plain]
            done = end
        written = "".join([*parts, whole[done:]])
        return None if written == whole else replace(self.post, **{self.field: written})


def table(screener: Screener, clean: Mapping[str, Sequence[str]], seed: int = 4) -> list[Row]:
    """A row a clause, in the order of the pact; `clean` are texts in order, by the name of their set."""
    bare = screener.without("classifier")
    rows = [Row(c.code, c.detection, c.strongest) for c in screener.pact.clauses]
    carriers = _carriers(bare)
    for row in (row for row in rows if row.detection == "automatic"):
        chance = Random(f"{seed} {row.code}")  # a clause's figures don't hang on the clauses before it
        row.hits = recall(bare, row.code, list(_hits(bare, row.code)), chance)
        row.terms = recall(bare, row.code, _terms(bare, row.code, carriers, chance), chance)
    for side, asked in (("false", screener), ("bare", bare)):
        found = {name: falsely(asked, [Post(text) for text in texts]) for name, texts in clean.items()}
        for row in rows:
            misses = falsely(asked, [_post(e) for e in examples()[row.code].misses])
            shares = {NEAR_MISSES: misses, **found}
            setattr(
                row, side, {name: said.get(row.code, Share(0, said[""].of)) for name, said in shares.items()}
            )
    return rows


def recall(screener: Screener, code: str, written: Sequence[Written], chance: Random) -> dict[str, Share]:
    """By operator: of what can be written so, how much is found under the clause."""
    shares = {}
    for name in OPERATORS:
        posts = [post for one in written if (post := one.disguised(name, chance))]
        shares[name] = Share(sum(_finds(screener, post, code) for post in posts), len(posts))
    return shares


def falsely(screener: Screener, posts: Sequence[Post]) -> dict[str, Share]:
    """Of texts in order, how many are found under each clause (once each), and at "" how many under any."""
    found: Counter[str] = Counter()
    for post in posts:
        verdict = screener.screen(post)
        found.update({"", *(f.clause for f in verdict.findings)} if verdict.decision != "pass" else ())
    return {code: Share(found[code], len(posts)) for code in {"", *found}}


def mean(shares: Iterable[Share]) -> float | None:
    """The mean of the rates that there are, each counting as much as another."""
    rates = [share.rate for share in shares if share.rate is not None]
    return sum(rates) / len(rates) if rates else None


def as_json(rows: Sequence[Row]) -> str:
    """Everything, as pairs of found and of how many."""
    told = []
    for row in rows:
        entry = {"clause": row.code, "detection": row.detection, "strongest": row.strongest}
        for side in ("hits", "terms", "false", "bare"):
            entry[side] = {name: [share.found, share.of] for name, share in getattr(row, side).items()}
        told.append(entry)
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_markdown(rows: Sequence[Row]) -> str:
    """Two tables: recall in per cent by operator, and false hits in texts."""
    return "\n".join([*_recall_lines(rows), "", *_false_lines(rows)])


def _recall_lines(rows: Sequence[Row]) -> Iterator[str]:
    yield "| clause | what | n | " + " | ".join(OPERATORS) + " | mean |"
    yield "|---|---|---|" + "---|" * len(OPERATORS) + "---|"
    for row in rows:
        sides = [(side, shares) for side in ("hits", "terms") if _most(shares := getattr(row, side))]
        if not sides:
            why = row.detection if row.detection != "automatic" else "nothing to disguise"
            yield f"| {row.code} | {why}: not looked for |" + " |" * (len(OPERATORS) + 2)
        for side, shares in sides:
            cells = [_percent(shares[name].rate) for name in OPERATORS]
            line = [row.code, side, str(_most(shares)), *cells, _percent(mean(shares.values()))]
            yield f"| {' | '.join(line)} |"
    for side in ("hits", "terms"):
        whole = [sum((getattr(r, side).get(name, Share()) for r in rows), Share()) for name in OPERATORS]
        cells = [_percent(share.rate) for share in whole]
        most = max((share.of for share in whole), default=0)
        yield f"| **all** | {side} | {most} | {' | '.join(cells)} | {_percent(mean(whole))} |"


def _false_lines(rows: Sequence[Row]) -> Iterator[str]:
    sets = list(rows[0].false) if rows else []
    sizes = [f"{name} ({max(r.false[name].of for r in rows):,})" for name in sets]
    yield "| clause | machines may | " + " | ".join(sizes) + " |"
    yield "|---|---|" + "---|" * len(sets)
    for row in rows:
        may = row.strongest if row.detection == "automatic" else f"nothing: {row.detection}"
        cells = [f"{row.bare[name].found} · {row.false[name].found}" for name in sets]
        yield f"| {row.code} | {may} | {' | '.join(cells)} |"


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.0f}"


def _most(shares: Mapping[str, Share]) -> int:
    return max((share.of for share in shares.values()), default=0)


def _writable(plain: str, name: str) -> bool:
    if len(plain) < 2:
        return False
    return name in OF_ANY_SCRIPT or any("一" <= c <= "鿿" for c in plain)


def _post(e) -> Post:
    return Post(e.text, kind=e.kind, title=e.title, before=e.before, others=e.others)


def _finds(screener: Screener, post: Post, code: str) -> bool:
    return any(finding.clause == code for finding in screener.screen(post).findings)


def _hits(screener: Screener, code: str) -> Iterator[Written]:
    """The examples that are found, with what gives them away."""
    for example in examples()[code].hits:
        post = _post(example)
        found = [f for f in screener.screen(post).findings if f.clause == code]
        field = found[0].field if found else "text"
        places: list[tuple[int, int]] = []
        for start, end in sorted({f.span for f in found if f.field == field}):
            if places and start < places[-1][1]:
                places[-1] = (places[-1][0], max(end, places[-1][1]))
            else:
                places.append((start, end))
        if places:
            yield Written(post, tuple(places), field)


def _terms(screener: Screener, code: str, carriers: Sequence[str], chance: Random) -> list[Written]:
    """Terms of the clause that are found alone, each before a text in order."""
    lexicon = next(step for step in screener.steps if step.name == "banks").run.lexicon
    alone = [
        t.text
        for t in lexicon.terms
        if t.clause == code and t.act != "hint" and not t.near and not t.places
        if 2 <= len(t.text) <= 6 and "一" <= t.text < "鿿"
    ]
    found = [term for term in alone if _finds(screener, Post(term), code)]
    drawn = chance.sample(found, min(TERMS, len(found)))
    return [Written(Post(f"{term},{chance.choice(carriers)}"), ((0, len(term)),)) for term in drawn]


def _carriers(screener: Screener) -> list[str]:
    misses = [e.text for both in examples().values() for e in both.misses if e.kind == "comment"]
    return [text for text in misses if screener.screen(Post(text)).decision == "pass"]
