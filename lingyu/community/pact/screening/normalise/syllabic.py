"""Latin letters as the syllables they spell: `weixin` is two, `window` is none.

Holds no Chinese character and no offset.
"""

from functools import lru_cache

from .folding import syllables

# Syllables as (key, letters).
Spelling = tuple[tuple[str, int], ...]
_VOWELS = frozenset("aeiouv")
# A run longer than this is no word that anybody sounds out.
LONGEST = 30
# English words that happen to be spelt like syllables, and stand in Chinese text as what they are.
_WORDS = """
a an as be bin can change chance dance dang fan fang fen gene gone guide hang he hi hong ken lane
language long man men me mine none nine one open pang pin ping pie ran range shame she side sun sure
tan tang time tone tune wan wang women you young babe bang bong song sang ding dong gang hen
den din lin lie die tie pan pen pei sui sue hue cue due tuna lama mama papa data beta meme emo demo
fake make take cake bake lake sake shake date mate late gate hate fate name game fame came tame dame made fade
sale male pale tale gale bale safe face race pace lace nice dice mice base case page cage image manage engage
maze daze haze gaze like bike mike hike lime dime mime pine dine mile pile tile bile mode mole poke tube
cute mute lute dude nude rude duke nuke puke rule mule huge fuse muse fence hence lance mince china panda
banana papaya manga menu pasta salsa sauna saga yoga toga diva lava java visa mafia china canada panama
memo judo nano mini taxi hehe haha heihei hihi lala momo bali bilibili
"""
ENGLISH = frozenset(_WORDS.split())


def spelt(run: str) -> Spelling:
    """The syllables that a run of Latin letters spells throughout, each as (key, letters); else nothing.

    The longest syllable is taken first wherever the rest can still be spelt.
    """
    return _spelt(run) if 2 <= len(run) <= LONGEST else ()


@lru_cache(maxsize=8192)
def _spelt(run: str) -> Spelling:
    keys = syllables()
    rest: list[Spelling | None] = [None] * len(run) + [()]
    for start in range(len(run) - 1, -1, -1):
        for size in range(min(6, len(run) - start), 0, -1):
            written, after = run[start : start + size], rest[start + size]
            key = keys.get(written) if _VOWELS.intersection(written) else None
            if key and after is not None:
                rest[start] = ((key, size), *after)
                break
    return rest[0] or ()
