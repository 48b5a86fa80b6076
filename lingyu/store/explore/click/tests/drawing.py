"""Facts and questions drawn by chance, with as many ties and borderline cases as can be."""

import random
from datetime import date, timedelta

from hypothesis import strategies as st

from lingyu.kernel import questions as q
from lingyu.kernel.query import Period
from lingyu.kernel.questions.money import Revenue
from lingyu.store.log.tests.making import IDENTIFY, browser, fact, user

NAMES = ["view", "cart", "pay", "O'Brien\\n"]
CHANNELS = ["wx", "ad", "direct", "", "朋友 'quoted' \\", None]
WORTHS = [1, 2, 2.5, "3", "x", 1e20, -4, None]
HOUR = timedelta(hours=1)


def drawn(seed: int, people: int = 90) -> list:
    """A few events of each person in four days, many in one moment; browsers that turn out to be people."""
    chance, found = random.Random(seed), []
    for number in range(people):
        who = user(f"p{number}")
        keys = [who, browser(f"b{number}")] if number % 3 == 0 else [who]
        for _ in range(chance.randrange(1, 12)):
            said = {"channel": chance.choice(CHANNELS), "worth": chance.choice(WORTHS)}
            said["flag"] = chance.choice([True, False, 0, 2, "yes", "1", None])
            if chance.random() < 0.2:
                said |= {"revenue": chance.choice([12.5, -3, 99]), "currency": chance.choice(["CNY", "USD"])}
                said["order_id"] = chance.randrange(30)
            at = chance.randrange(-20, 70) * HOUR + timedelta(milliseconds=chance.choice([0, 0, 0, 1]))
            name = chance.choice(NAMES)
            said["plan"] = chance.choice("ab") + name
            bot = chance.random() < 0.03
            found.append(
                fact(name, chance.choice(keys), at=at, bot=bot, url="https://a.cn/?utm_source=s", **said)
            )
        if len(keys) > 1:
            found.append(
                fact("identify", *keys, at=chance.randrange(60) * HOUR, kind="identify", link=IDENTIFY)
            )
    chance.shuffle(found)
    return found


WHERE = st.sampled_from(
    [
        "",
        "channel = 'wx'",
        "channel != 'wx'",
        "not channel = 'ad'",
        "channel is null",
        "worth > 2",
        "worth = 2.5 or worth <= -4",
        "channel in ('wx', '朋友 ''quoted'' \\') and not worth >= 100",
        "channel contains '朋'",
        "worth contains '2'",
        "flag = true",
        "not flag = false",
        "amount > 0",
        "currency = 'USD'",
        "utm_source = 's'",
    ]
)
EVENT = st.sampled_from([*NAMES, q.ANY, "never"])
STEP = st.builds(q.Step, event=EVENT, where=WHERE)
BARE = st.builds(q.Step, event=EVENT)
ANY_STEP = st.one_of(BARE, STEP)
PERIOD = st.sampled_from(
    [
        None,
        Period(date(2026, 3, 2), date(2026, 3, 4)),
        Period(date(2026, 3, 3), date(2026, 3, 3)),
        Period(date(2026, 2, 20), date(2026, 3, 9)),
    ]
)
WITHIN = st.sampled_from([1, 3_599_999, 3_600_000, 7_200_001, 10**9]).map(lambda n: timedelta(milliseconds=n))
BY = st.sampled_from(["", "channel", "worth", "utm_source"])
UNIT = st.sampled_from(["day", "week", "month"])
LAST = st.sampled_from([None, 1, 3])
LEAF = st.one_of(
    st.builds(
        q.Did, step=ANY_STEP, at_least=st.integers(1, 3), at_most=st.sampled_from([None, 3]), last=LAST
    ),
    st.builds(
        q.Did, step=ANY_STEP, at_least=st.just(0), at_most=st.sampled_from([None, 0, 2]), period=PERIOD
    ),
    st.builds(q.Sequence, steps=st.lists(ANY_STEP, min_size=2, max_size=3).map(tuple), within=WITHIN),
    st.builds(
        q.Latest, where=st.sampled_from(["plan = 'acart'", "worth > 1", "flag = true", "plan is null"])
    ),
    st.builds(q.Saved, name=st.just("saved")),
)
CONDITION = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.builds(q.And, items=st.lists(inner, max_size=3).map(tuple)),
        st.builds(q.Or, items=st.lists(inner, max_size=3).map(tuple)),
        st.builds(q.Not, item=inner),
    ),
    max_leaves=4,
)
COMMON = {"period": PERIOD, "among": st.one_of(st.none(), st.none(), CONDITION)}
MEASURE = st.sampled_from(
    ["events", "people", "per_person", "sum", "mean", "median", "min", "max", "p1", "p25", "p90", "p99"]
)


@st.composite
def funnels(draw) -> q.Funnel:
    """A funnel of any order."""
    order = draw(st.sampled_from(["ordered", "ordered", "strict", "any"]))
    # Of events that are several steps at once the order of ties in "strict" hangs on numbers of names.
    apart = order == "strict"
    names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=apart)
    steps = tuple(
        draw(
            names.map(lambda n: [q.Step(name) for name in n])
            if apart
            else st.lists(ANY_STEP, min_size=1, max_size=4)
        )
    )
    exclusions = ()
    if len(steps) > 1 and draw(st.booleans()):
        after = draw(st.integers(1, len(steps) - 1))
        exclusions = (q.Exclusion(draw(BARE), after, draw(st.sampled_from([0, len(steps)]))),)
    loose = order == "any"
    return q.Funnel(
        steps=steps, order=order, exclusions=exclusions, within=draw(WITHIN),
        by="" if loose else draw(BY), top=draw(st.integers(1, 4)),
        counting="people" if loose else draw(st.sampled_from(["people", "entries"])),
        **{name: draw(value) for name, value in COMMON.items()},
    )  # fmt: skip


@st.composite
def retentions(draw) -> q.Retention:
    """A retention of any mode."""
    mode = draw(st.sampled_from(["exact", "bounded", "rolling"]))
    windows = (q.Span(0, 1), q.Span(1, 2)) if mode == "bounded" and draw(st.booleans()) else ()
    return q.Retention(
        start=draw(ANY_STEP), back=draw(ANY_STEP), mode=mode, windows=windows, unit=draw(UNIT),
        count=draw(st.integers(1, 4)), cohort=draw(st.sampled_from(["first_ever", "in_window", "every"])),
        **{name: draw(value) for name, value in COMMON.items()},
    )  # fmt: skip


KINDS = {
    "trend": st.builds(
        q.Trend, step=ANY_STEP, measure=MEASURE, property=st.just("worth"), by=BY, top=st.integers(1, 4),
        grain=st.sampled_from(["hour", "day", "week", "month"]), **COMMON,
    ),
    "funnel": funnels(),
    "retention": retentions(),
    "lifecycle": st.builds(q.Lifecycle, step=ANY_STEP, grain=UNIT, **COMMON),
    "stickiness": st.builds(q.Stickiness, step=ANY_STEP, grain=UNIT, **COMMON),
    "paths": st.builds(
        q.Paths, step=ANY_STEP, direction=st.sampled_from(["after", "before"]), depth=st.integers(1, 4),
        top=st.integers(1, 3), gap=WITHIN, collapse=st.booleans(), by=st.sampled_from(["", "plan"]), **COMMON,
    ),
    "survival": st.builds(
        q.Survival, start=ANY_STEP, step=ANY_STEP, end=st.one_of(st.none(), ANY_STEP),
        silence=st.integers(1, 3), by=st.sampled_from(["", "utm_source"]), **COMMON,
    ),
    "attribution": st.builds(
        q.Attribution, conversion=ANY_STEP, touch=ANY_STEP, property=st.sampled_from(["plan", "utm_source"]),
        value=st.sampled_from(["", "worth", "amount"]), lookback=WITHIN,
        direct=st.sampled_from([("aview", "bview"), ("s",), ()]), **COMMON,
    ),
    "revenue": st.builds(
        Revenue, paid=st.one_of(st.none(), ANY_STEP), refunded=st.one_of(st.none(), BARE), grain=UNIT,
        **COMMON,
    ),
    "segment": st.builds(q.Segment, condition=CONDITION),
}  # fmt: skip
