"""Screening: how fast with 60,000 terms, beside the bare automaton and public filters; and what is found.

Run it with `python -m bench.screening`; `python -m bench.screening FILE` takes clean texts, one a line, from
FILE too. Speed: the shipped banks and random words of two to five characters make 60,000 terms, the texts
are random sentences of a fixed vocabulary. Peers get the same terms and texts: ahocorasick-rs alone, which
normalises nothing and decides nothing; pyahocorasick and wfgfw (the textfilter of many Chinese sites), if
`pip install pyahocorasick wfgfw` was done. Quality: terms of the banks as they are and in each of sixteen
disguises, before near misses of the pact as carriers; and the near misses alone, which must not be found.
"""

import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import process_time, process_time_ns

from ._printing import Table, best
from .search import VOCABULARY

TERMS, COMMENTS, POSTS = 60_000, 4_000, 200
SAMPLE = 400


def main() -> None:
    """Speed, then quality."""
    speed(Random(4))
    quality(Random(4), [Path(name) for name in sys.argv[1:]])


def speed(chance: Random) -> None:
    """Posts and megabytes a second on one core, and the slow end of it."""
    from lingyu.community.pact.screening import Post, Screener
    from lingyu.community.pact.screening.automaton import Banks, Lexicon, Term, read_banks

    shipped, allowed, _ = read_banks()
    words = _words(chance, TERMS - len(shipped))
    terms = [*shipped, *(Term(word, "3.1", "review", 0.9, bank="random") for word in words)]
    began = process_time()
    lexicon = Lexicon(terms, allowed)
    patterns = len(lexicon.words) + len(lexicon.sounds) + len(lexicon.shapes)
    print(f"{len(terms):,} terms as {patterns:,} patterns: built in {process_time() - began:.1f} s")
    screener = Screener.shipped().having("banks", Banks(lexicon))
    comments = [_text(chance, 12) for _ in range(COMMENTS)]
    posts = [_text(chance, 800)[:2_000] for _ in range(POSTS)]
    for name, texts in (("comments of about 30 characters", comments), ("posts of 2,000 characters", posts)):
        size = sum(len(text.encode()) for text in texts)
        table = Table(f"{name}, {len(terms):,} terms; a second: kB")
        peer = None
        for peer_name, work in _peers([term.text for term in terms], texts):
            taken = table.add(peer_name, size / 1e3, best(work, times=2))
            peer = peer or taken
        ends = []
        for what, asked in (("without", screener.without("classifier")), ("with", screener)):
            ours = best(lambda t=texts, s=asked: [s.screen(Post(text)) for text in t], times=3)
            table.add(f"lingyu, {what} the model", size / 1e3, ours, peer)
            ends.append((what, len(texts) / ours.cpu, *_ends(asked, texts)))
        table.show()
        for what, rate, middle, slow in ends:
            print(
                f"  {what} the model: {rate:,.0f} a second of processor; p50 {middle:.2f}, p99 {slow:.2f} ms"
            )
        spent = Counter()
        for text in texts[:POSTS]:
            spent.update({step.step: step.microseconds for step in screener.screen(Post(text)).steps})
        print("  of it by the clock:", ", ".join(f"{n} {t / POSTS / 1e3:.2f} ms" for n, t in spent.items()))


def _ends(screener, texts: list[str]) -> tuple[float, float]:
    """Milliseconds of processor of one text: median and 99th of a hundred, each text at its best of three."""
    from lingyu.community.pact.screening import Post

    times = sorted(min(_timed(lambda t=text: screener.screen(Post(t))) for _ in range(3)) for text in texts)
    return times[len(times) // 2] / 1e6, times[len(times) * 99 // 100] / 1e6


def _timed(work) -> int:
    began = process_time_ns()
    work()
    return process_time_ns() - began


def _peers(terms: list[str], texts: list[str]):
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    bare = AhoCorasick(
        terms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    yield "ahocorasick-rs alone", lambda: [bare.find_matches_as_indexes(text) for text in texts]
    try:
        import ahocorasick
        from wfgfw import DFAFilter
    except ImportError:
        print("pyahocorasick and wfgfw are not installed: no public filter beside")
        return
    automaton, trie = ahocorasick.Automaton(), DFAFilter()
    for number, term in enumerate(terms):
        automaton.add_word(term, number)
        trie.add(term)
    automaton.make_automaton()
    yield "pyahocorasick alone", lambda: [list(automaton.iter_long(text)) for text in texts]
    yield "wfgfw (DFA in Python)", lambda: [trie.filter(text) for text in texts]


def quality(chance: Random, files: list[Path]) -> None:
    """Recall under each disguise, and false hits on clean text by clause."""
    from lingyu.community.pact.clauses import examples
    from lingyu.community.pact.screening import Post, Screener
    from lingyu.community.pact.screening.evasions import OPERATORS

    screener = Screener.shipped()
    misses = [e.text for found in examples().values() for e in found.misses if e.kind == "comment"]
    carriers = [text for text in misses if screener.screen(Post(text)).decision == "pass"]
    terms = _findable(screener, chance)
    print(f"\n{'disguise':16}{'found':>8}{'of':>6}{'blocked':>9}")
    shares = []
    for name, operator in {"as it is": lambda term, _: term, **OPERATORS}.items():
        written = [(t, form) for t in terms if (form := operator(t.text, chance))]
        verdicts = [(t, screener.screen(Post(f"{form},{chance.choice(carriers)}"))) for t, form in written]
        found = sum(t.clause in {f.clause for f in v.findings} for t, v in verdicts)
        shares.append(found / len(written))
        blocked = sum(v.decision == "block" for _, v in verdicts)
        print(f"{name:16}{shares[-1]:8.3f}{len(written):6}{blocked:9}")
    print(f"{'macro':16}{sum(shares[1:]) / len(OPERATORS):8.3f}")
    for name, texts in (("near misses of the pact", misses), *((p.name, _lines(p)) for p in files)):
        for what, asked in (("", screener), (" without the model", screener.without("classifier"))):
            _false(asked, name + what, texts)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _findable(screener, chance: Random) -> list:
    from lingyu.community.pact.screening import Post

    lexicon = next(step for step in screener.steps if step.name == "banks").run.lexicon
    every = [
        t
        for t in lexicon.terms
        if t.act != "hint" and not t.near and not t.places and 2 <= len(t.text) <= 6 and "一" <= t.text < "鿿"
    ]
    drawn = chance.sample(every, min(len(every), 2 * SAMPLE))
    return [t for t in drawn if t.clause in {f.clause for f in screener.screen(Post(t.text)).findings}][
        :SAMPLE
    ]


def _false(screener, name: str, texts: list[str]) -> None:
    from lingyu.community.pact.screening import Post

    verdicts = [screener.screen(Post(text)) for text in texts]
    decided = Counter(v.decision for v in verdicts)
    clauses = Counter(clause for v in verdicts for clause in {f.clause for f in v.findings})
    disguised = sum(bool(v.findings) and _only_disguised(v) for v in verdicts)
    print(
        f"\n{name}: {len(texts):,}; review {decided['review'] / len(texts):.3%}, "
        f"block {decided['block'] / len(texts):.3%}; by a disguise alone {disguised / len(texts):.3%}"
    )
    print("  by clause:", ", ".join(f"{code} {n}" for code, n in sorted(clauses.items())) or "none")


def _only_disguised(verdict) -> bool:
    shown = {(f.by, f.span) for f in verdict.findings}
    return all(s.way for step in verdict.steps for s in step.signals if (s.by, s.span) in shown)


def _words(chance: Random, count: int) -> list[str]:
    common = [chr(0x4E00 + chance.randrange(6_000)) for _ in range(2_500)]
    words: set[str] = set()
    while len(words) < count:
        words.add("".join(chance.choices(common, k=chance.choices((2, 3, 4, 5), (2, 3, 4, 1))[0])))
    return sorted(words)


def _text(chance: Random, words: int) -> str:
    drawn = chance.choices(VOCABULARY, k=words)
    return "".join(word + (chance.choice("，。！ ") if n % 5 == 4 else "") for n, word in enumerate(drawn))


if __name__ == "__main__":
    main()
