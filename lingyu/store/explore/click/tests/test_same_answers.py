"""ClickHouse says what the journeys say, of whatever is asked: facts and questions are drawn by chance."""

import pytest
from hypothesis import HealthCheck, given, settings

from lingyu.kernel import questions as q

from .conftest import Both
from .drawing import KINDS, drawn

pytestmark = pytest.mark.one_database

# Each example asks both engines; there are ten kinds. The suite draws the same ones each time: a search of
# others is made by hand, for minutes (without `derandomize`).
PROFILE = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
SAVED = q.Did(step=q.Step("cart"), at_least=1)


@pytest.fixture(scope="module")
def full(tmp_path_factory, transport) -> Both:
    """What 90 people did, in three batches of which the later bring late events and merges."""
    shop, facts = Both(tmp_path_factory.mktemp("full"), transport), drawn(5)
    for part in range(3):
        shop.take(*facts[part::3])
        shop.send()
    return shop


@pytest.mark.parametrize("kind", KINDS)
def test_both_engines_say_the_same(full, kind):
    @PROFILE
    @given(KINDS[kind])
    def same(asked):
        journeys, clickhouse = full.told(asked, lambda name: SAVED)
        assert clickhouse == journeys

    same()
