"""Campaigns: how many posts of spammers who vary their text are linked and clustered, and how fast.

Run it with `python -m bench.rings`. Spam: 150 distinct texts of the shipped training corpus (labels of
group 3), eight variants each: 5 to 40 % of the characters changed, digits replaced, words put before and
behind. Benign: 20,000 posts that a chain of pairs of characters makes of the corpus's ordinary texts, so
that many share a phrase, as real ones do. Measured: the share of pairs of one campaign that are linked, the
share of spam that hangs together in threes or more, links of spam with benign posts, benign posts drawn into
clusters, and documents a second of processor. Beside it what most products do: equal after normalising, and
SimHash of 64 bits; and the Jaccard index of pairs of characters.

Then the same as accounts: every post by another account, a campaign within half an hour, all accounts
young, spammers or not; which accounts the graph binds into rings.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from random import Random
from time import process_time

SEEDS, VARIANTS, BENIGN = 150, 8, 20_000
SWAPS = "的了呀哦吧呢啊嘛哈真很好都就还也又再来去在有人大小多少上下一二三"
BEFORE = ("", "", "亲，", "哈喽~", "姐妹们，", "urgent ", "【推荐】", "看过来！")
BEHIND = ("", "", "!!", "🌟", "，先到先得", "，别错过", " 谢谢", "～")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
Key = tuple[str, int, int]


def main() -> None:
    """Texts, then accounts."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingyu.config.settings")
    django.setup()
    from lingyu.community.rings.nearness import compact, near_pairs

    chance = Random(7)
    posts = dict([*campaigns(chance), *benign(chance)])
    print(f"{len(posts):,} posts, {SEEDS * VARIANTS:,} of them spam in {SEEDS} campaigns")
    print(f"\n{'':38}{'pairs':>7}{'in ≥ 3':>8}{'mixed':>7}{'benign in ≥ 3':>15}{'docs/s cpu':>12}")
    items = list(posts.items())
    for name, method in (
        ("equal after normalising", _equal),
        ("SimHash 64, 2 characters, ≤ 8 bits", _simhash),
        ("MinHash 42 × 3, Jaccard ≥ 0.3", _jaccard),
        ("rings: MinHash 64 × 2, in order ≥ 0.5", lambda i: [(n.one, n.other) for n in near_pairs(i)]),
    ):
        began = process_time()
        pairs = list(method(items))
        told(name, posts, pairs, process_time() - began)
    began = process_time()
    for text in posts.values():
        compact(text)
    print(f"\n  of that, reading the texts alone: {len(posts) / (process_time() - began):,.0f} docs/s")
    accounts(chance, posts)


def told(name: str, posts: dict, pairs: list, seconds: float) -> None:
    """One line of figures."""
    spam = SEEDS * VARIANTS
    wanted = SEEDS * VARIANTS * (VARIANTS - 1) // 2
    found = sum(one[0] == other[0] == "spam" and one[1] == other[1] for one, other in pairs)
    mixed = sum((one[0] == "spam") != (other[0] == "spam") for one, other in pairs)
    together = clusters(pairs)
    counted = Counter(key[0] for group in together if len(group) >= 3 for key in group)
    print(
        f"{name:38}{found / wanted:7.3f}{counted['spam'] / spam:8.3f}{mixed:7,}"
        f"{counted['ok']:15,}{len(posts) / seconds:12,.0f}"
    )


def clusters(pairs: Iterable[tuple[Key, Key]]) -> list[set[Key]]:
    """What hangs together."""
    group: dict[Key, set[Key]] = {}
    for one, other in pairs:
        first, second = group.get(one, {one}), group.get(other, {other})
        if first is not second:
            small, large = sorted((first, second), key=len)
            large |= small
            group.update(dict.fromkeys(small, large))
        group[one] = group[other] = group.get(one, first)
    return list({id(found): found for found in group.values()}.values())


def campaigns(chance: Random) -> Iterable[tuple[Key, str]]:
    """(key, text) of every variant of every campaign."""
    seeds = sorted({text for label, text in corpus() if label.startswith("3.") and 18 <= len(text) <= 120})
    for number, seed in enumerate(chance.sample(seeds, SEEDS)):
        for variant in range(VARIANTS):
            yield ("spam", number, variant), varied(seed, chance)


def varied(seed: str, chance: Random) -> str:
    """The text as another account would post it: 5 to 40 % changed, other digits, words around it."""
    letters = [str(chance.randrange(10)) if c.isdigit() else c for c in seed]
    for place in chance.sample(range(len(letters)), round(len(letters) * chance.uniform(0.05, 0.40))):
        kind = chance.random()
        swap = chance.choice(SWAPS)
        letters[place] = swap if kind < 0.6 else letters[place] + swap if kind < 0.8 else ""
    return chance.choice(BEFORE) + "".join(letters) + chance.choice(BEHIND)


def benign(chance: Random) -> Iterable[tuple[Key, str]]:
    """(key, text) of posts that read like the corpus's ordinary texts: a chain of pairs of characters."""
    follow, texts = defaultdict(list), [text for label, text in corpus() if label == "ok"]
    for text in texts:
        for place in range(len(text) - 2):
            follow[text[place : place + 2]].append(text[place + 2])
    for number in range(BENIGN):
        text, length = chance.choice(texts)[:2], chance.randrange(12, 90)
        while len(text) < length:
            text += chance.choice(follow.get(text[-2:]) or chance.choice(texts)[:2])
        yield ("ok", number, 0), text


def corpus() -> Iterable[tuple[str, str]]:
    """(label, text) of the shipped training corpus."""
    from lingyu.community.pact import screening

    for file in sorted(Path(screening.__path__[0], "corpus").glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines()[1:]:
            label, _, text = line.partition("\t")
            yield label, text


def accounts(chance: Random, posts: dict) -> None:
    """Every post by an account of its own; who is bound into rings."""
    from lingyu.community.rings.gathering import near_texts
    from lingyu.community.rings.graph import Graph, Sign

    begun = {n: NOW + timedelta(minutes=chance.randrange(10_000)) for n in range(SEEDS)}
    told_by = []
    for key, text in posts.items():
        start = begun[key[1]] if key[0] == "spam" else NOW + timedelta(minutes=chance.randrange(10_000))
        told_by.append((repr(key), text, start + timedelta(minutes=chance.randrange(30))))
    began = process_time()
    graph = Graph()
    near_texts(graph, told_by)
    for edge in graph.edges.values():
        edge.signs.append(Sign("young"))
    found = graph.clusters()
    seconds = process_time() - began
    bound = Counter("spam" if "spam" in member else "ok" for ring in found for member in ring.members)
    mixed = sum(len({m.split(",")[0] for m in ring.members}) > 1 for ring in found)
    print(f"\n{len(posts):,} accounts: {len(found)} rings in {seconds:.1f} s of processor")
    print(f"  of the spammers bound: {bound['spam'] / (SEEDS * VARIANTS):.3f}; of the others: {bound['ok']}")
    print(f"  rings that hold both: {mixed}")


def _equal(items: list) -> Iterable[tuple[Key, Key]]:
    from lingyu.community.rings.nearness import compact

    together = defaultdict(list)
    for key, text in items:
        together[compact(text)].append(key)
    for keys in together.values():
        yield from combinations(keys, 2)


def _simhash(items: list, near: int = 8) -> Iterable[tuple[Key, Key]]:
    """Hamming distance of at most 8 of 64 bits, by nine pieces of which one has to be equal."""
    signed = {key: _signed(_shingles(text)) for key, text in items}
    seen = set()
    for piece in range(near + 1):
        together = defaultdict(list)
        for key, bits in signed.items():
            together[bits >> (piece * 7) & 0x7F, bits >> 63 if piece == near else 0].append(key)
        for keys in together.values():
            for one, other in combinations(keys, 2):
                if (signed[one] ^ signed[other]).bit_count() <= near and (one, other) not in seen:
                    seen.add((one, other))
                    yield one, other


def _jaccard(items: list) -> Iterable[tuple[Key, Key]]:
    """What was used before: 42 bands of three rows, and the Jaccard index of pairs."""
    from rensa import RMinHash

    known = {key: _shingles(text) for key, text in items}
    keys, seen = list(known), set()
    digests = RMinHash.digests_from_token_sets([sorted(known[key]) for key in keys], 126, 7)
    for band in range(42):
        together = defaultdict(list)
        for key, digest in zip(keys, digests, strict=True):
            together[tuple(digest[band * 3 : band * 3 + 3])].append(key)
        for bucket in together.values():
            seen.update(combinations(bucket, 2))
    for one, other in seen:
        if len(known[one] & known[other]) >= 0.3 * len(known[one] | known[other]):
            yield one, other


def _shingles(text: str) -> frozenset[str]:
    from lingyu.community.rings.nearness import compact, shingles

    return shingles(compact(text))


def _signed(tokens: Iterable[str]) -> int:
    counts = [0] * 64
    for token in tokens:
        value = int.from_bytes(blake2b(token.encode(), digest_size=8).digest())
        for bit in range(64):
            counts[bit] += 1 if value >> bit & 1 else -1
    return sum(1 << bit for bit in range(64) if counts[bit] > 0)


if __name__ == "__main__":
    main()
