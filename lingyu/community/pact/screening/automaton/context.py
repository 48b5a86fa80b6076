"""What stands around a hit and inside it: nearby words, gaps between characters, words that are cut.

Holds no term. The dictionary of words is rjieba's, loaded when it is first asked.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from ..normalise import View, Views
from ..normalise.folding import plain, sounds

AROUND = 16  # characters to either side in which `near` and `unless` are looked for
WIDEST = 8  # marks between two characters of one word; a longer row is a break
_BREAK = re.compile(r"[\s。！？!?；;，,、：:“”\"'‘’()（）\[\]【】《》<>…]")
# Characters so common that one in place of another is just the next word.
COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过后作里用道行所然家种事成"
    "方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公此已"
    "工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体美相见被利什二等或新己制身果加西斯月话合回特代内信表"
    "化老给世位次度门任常先海通教儿原东声提及比员解水名真处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结"
    "啊吧呢吗哦呀哈嗯谁吃爱喜欢跟让真太啥"
)

# Marks that are set between first letters; spaces and dashes stand between letters of any kind.
_POINTS = (".", "·", "*", "。", "_", "丶")
_VOWELS = frozenset("aeiouv")
# What joins letters to an address, a name or an expression.
_ADDRESS = re.compile(r"@|[!-~][./:_=&?%+\\-]$|^[./:_=&?%+\\-][!-~]")
# Short forms in everyday use, of technology, trade, brands, sports and talk.
_SHORTS = """
    bbc bbq bbs bff bgm bks bln bmp bmw bph bpm brb bsl bts byd cbd cbg ccp cdk cdn cdp cdr cds cdx cfg cfp
    cgtn cht cls cms cnbc cnc cnn cnr cny cph cpm cpp cps crm crt csf css ctc ctr ctrl cts ctx cwb dbl dbq
    dbs dct ddh ddl ddr dds ddt dfs dhl dkp dlc dld dll dmp dmz dnf dns dps dsg dsl dsm dss dst dtm dtp dxy
    fbk fcs fps fpx ftp fts fyp gcc gcd gcp gdp gdpr ghg glb gls gmt gnp gpl gps gpt grd grpc gsm gtx gym
    gys hbd hdr hkd hls hmm hnn hplc hrm html hts http https jbl jdbc jdg jdk jpg jpn jqk jrpg jsl jsp jtc
    kdj kfc khb kml kpl lbj lbs lcd lck lcs ldc lds lgbt lgbtq lhr llm lmk lng lpc lpg lpl lpr lst ltd ltx
    mbps mdm mfc mgm mlb mlc mls mph mps mrt mss mtf mth mtl mtr myth nbcs nbl ncm ncs nfc nfl ngm nhk nhl
    nls npc npm nsdd nst ntr ntsc nypd nyt pcb pcl pcr pcs pdd pdf pdk pgp pgs phd php plc plm plmm pls png
    ppm pps ppt pptx psd psf ptf pyq qps qst rdb rfp rgb rhythm rmb rng rpc rpg rsb rss rtx sbs scf scp scs
    sdc sdk sfp sgd shb shp shr shy sjh sky sld slm slt smh smr sms smtp snp spd spf spl spss spy sql srs
    ssd ssh ssl ssm ssr sssr std stk stl sts svg swf swk swrd tbd tcp tft tgb tgc tgp ths thx tls tms tnf
    tnt tpc tpm tsf tsp tss tsx ttl tts txt wbg wcf wcg wct wdm wfh why wjk wkm wlk wnm wps wsd wsj wsl wtf
    wwdc xbs xdd xdm xhs xjj xlsx xml xmpp xms xsd xsl xss xswl yhsq yml ysl yxh yyds yyf yyt zbj zdz zfb
    zgl zjl zqsg zyx zzs
"""
_SHORT = frozenset(_SHORTS.split())


def in_context(text: str, start: int, end: int, near: Sequence[str], unless: Sequence[str]) -> bool:
    """Whether one of `near` stands there, where any is named, and none of `unless`."""
    if not near and not unless:
        return True
    left, hit, right = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    window = left + hit + right
    # What is part of the term itself says nothing about it: 征信 in 征信洗白.
    for word in unless:
        if word in window and (word not in hit or word in left or word in right):
            return False
    return not near or any(
        word in window and (word not in hit or word in left or word in right) for word in near
    )


def is_near_in_letters(views: Views, span: tuple[int, int], near: Sequence[str]) -> bool:
    """Whether one of `near` stands around `span` sounded out: `xuesheng`, 学sheng.

    What only sounds like it and is written in characters does not count.
    """
    view, pieces = views.pinyin, views.spelt
    if isinstance(pieces, str):  # no letters here spell a syllable
        return False
    start, end = bisect_left(view.first, span[0]), bisect_left(view.first, span[1])
    for left, right in ((max(0, start - AROUND), start), (end, end + AROUND)):
        window = view.text[left:right]
        for word in near:
            place = left + window.find(key := _sound(word))
            if place >= left and any(p.isascii() and p.isalpha() for p in pieces[place : place + len(key)]):
                return True
    return False


def cuts_latin(view: View, start: int, end: int) -> bool:
    """Whether a hit begins or ends in the middle of a word of Latin letters."""
    return any(
        _latin(view.text[place - 1])
        and _latin(view.text[place])
        and view.first[place] - view.last[place - 1] <= 1
        for place in (start, end)
        if 0 < place < len(view.text)
    )


def gaps(original: str, view: View, start: int, end: int) -> list[str]:
    """What the writer put between each two characters of a hit, invisible signs left out."""
    first, last = view.first, view.last
    table = plain()
    return [
        "".join(table[c] for c in original[last[n] + 1 : first[n + 1]]) if first[n + 1] - last[n] > 1 else ""
        for n in range(start, end - 1)
    ]


def evenly(between: Sequence[str]) -> bool:
    """Whether one and the same mark stands in every one of three gaps or more: d.b.w.z, d·b·w·z."""
    return len(between) > 2 and len(set(between)) == 1 and between[0] in _POINTS


def beside_letters(between: Sequence[str], pieces: Sequence[str]) -> list[str]:
    """The gaps without those that are usual beside syllables in letters: `wei xin`, `du'bo`, 赌 bo 网."""
    return [
        "" if not gap.strip(" '’-·.") and (left.isascii() or right.isascii()) else gap
        for gap, left, right in zip(between, pieces, pieces[1:], strict=False)
    ]


def hangs_together(between: Sequence[str], view: View, start: int) -> bool:
    """Whether characters with these gaps are one word, as against the end of a sentence and the next."""
    filled = [gap for gap in between if gap]
    if not filled:
        return True
    if max(map(len, filled)) > WIDEST:
        return False
    breaks = any(map(_BREAK.search, filled))
    if not breaks:
        return True
    if len(filled) == len(between) > 1:
        return True
    # Two characters and a space: a word cut in two, unless either half belongs to a word outside.
    cut = start + 1
    if len(between) > 1 or filled[0].strip(" "):
        return False
    left, right = view.text[max(0, cut - 8) : cut], view.text[cut : cut + 8]
    return _cut_at(left, len(left) - 1) and _cut_at(right, 1)


def stands_free(text: str, start: int, end: int, altered: Sequence[int]) -> bool:
    """Whether a dictionary cuts the text at both ends of a hit, and knows no word with an altered character.

    `altered` counts from the start of the hit.
    """
    if _dictionary().has_word(text[start:end]):
        return False
    left = max(0, start - 8)
    place, edges = left, {left}
    odd = {start + n for n in altered}
    for word in _words(text[left : end + 8]):
        if len(word) > 1 and not odd.isdisjoint(range(place, place + len(word))):
            return False
        place += len(word)
        edges.add(place)
    return start in edges and end in edges


def is_lonely(text: str, start: int, end: int) -> bool:
    """Whether a hit of two characters is odd there: neither is common, or a word with its neighbour."""
    if not COMMON.isdisjoint(text[start:end]):
        return False
    known = _dictionary().has_word
    return not (start and known(text[start - 1 : start + 1])) and not known(text[end - 1 : end + 1])


def is_code(original: str, start: int, end: int) -> bool:
    """Whether letters can be nothing but first letters of a Chinese word: no English, no name that all know.

    Words have vowels, syllables hardly ever begin with one; what stands in an address is none; and three
    capitals are somebody's abbreviation of something else: who hides a word writes `dsb`.
    """
    written = original[start:end]
    letters = "".join(filter(str.isalnum, (plain()[c] for c in written)))
    if len(letters) < 4 and not written.islower():
        return False
    if len(set(letters)) < 2 or letters in _SHORT or not _VOWELS.isdisjoint(letters):
        return False
    before, after = original[max(0, start - 2) : start], original[end : end + 2]
    return not (_ADDRESS.search(before) or _ADDRESS.match(after))


def _cut_at(text: str, place: int) -> bool:
    done = 0
    for word in _words(text):
        if done >= place:
            break
        done += len(word)
    return done == place


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def touches_digit(text: str, start: int, end: int) -> bool:
    """Whether a hit that begins or ends with a letter has a digit beside it: 4s is no s."""
    before = start and text[start - 1].isdigit() and _latin(text[start])
    return bool(before or (end < len(text) and text[end].isdigit() and _latin(text[end - 1])))


@cache
def _sound(word: str) -> str:
    return sounds().translated(word)


@cache
def _dictionary():
    import rjieba

    return rjieba.Jieba()


def _words(text: str) -> list[str]:
    return _dictionary().cut(text, False)
