"""Whatever is sent: no answer is a fault of ours, and what is kept can be read."""

import gzip
import json
from urllib.parse import unquote_to_bytes

from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.collector import wire
from lingyu.collector.routing import _BEGINNINGS, _EXACT
from lingyu.kernel.facts import read

from .sending import AT, NOW, PREFIX, a_door, form, request

PATHS = sorted([*_EXACT, *(f"{b}x/config" for b in _BEGINNINGS), "/track", "/engage"])
WORDS = (
    "batch type event properties timestamp userId distinct_id api_key token writeKey events name params data "
    "data_list requests website payload n u d e t k client_id idsite rec app_key device_id $set time lib "
    "identities original_id sentAt sent_at context traits uuid options $distinct_id $token event_type"
)
NAMES = st.sampled_from(tuple(WORDS.split()))
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)
BODIES = st.one_of(
    st.binary(max_size=200),
    JSON_VALUES.map(lambda v: json.dumps(v).encode()),
    JSON_VALUES.map(lambda v: gzip.compress(json.dumps(v).encode())),
    st.dictionaries(NAMES, st.text(max_size=30) | JSON_VALUES.map(json.dumps), max_size=5).map(
        lambda f: form(**f)
    ),
)


@settings(max_examples=600, deadline=None)
@given(
    path=st.sampled_from(PATHS),
    body=BODIES,
    query=st.text(max_size=40)
    | st.dictionaries(NAMES, st.text(max_size=20), max_size=4).map(lambda f: form(**f).decode()),
    method=st.sampled_from(["GET", "POST"]),
)
def test_whatever_is_sent_the_answer_is_no_fault_of_ours_and_what_is_kept_can_be_read(
    path, body, query, method
):
    door = a_door()
    decision = door.decide(request(method, f"/in/{PREFIX}{path}?{query}", body), AT)
    assert 200 <= decision.answer.status < 500
    assert "not_understood" not in [r.code for r in decision.remarks]
    if decision.row:
        found = read(decision.row)
        assert all(f.received_at == NOW and f.occurred_at.tzinfo for f in found.facts)
        assert len({f.id for f in found.facts}) <= len(found.facts)


@given(
    st.lists(
        st.sampled_from(["%22", "%7B", "%", "%2", "a", "=", "%3D", " ", "%0A", "\n", "%E4%BD%A0", "_", "."])
    )
)
def test_the_quick_way_of_unescaping_says_what_the_slow_one_says(parts):
    raw = "".join(parts).encode() * 3
    assert wire._quickly(raw, raw.count(b"%")) == unquote_to_bytes(raw)
