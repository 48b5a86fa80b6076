"""Quantiles are exact, whatever is asked of whichever numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.store.explore.quantiles import percentiles

pytestmark = pytest.mark.one_database

NUMBERS = st.one_of(st.integers(0, 5), st.integers(0, 2**40))


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=60), st.sampled_from([0, 25, 50, 90, 99, 100]))
def test_they_are_those_of_sorting_everything(numbers, percent):
    values = np.array(numbers, np.int64)
    expected = float(np.percentile(values, percent))
    assert percentiles(values, percent) == pytest.approx([expected], rel=1e-12)
