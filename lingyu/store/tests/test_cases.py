"""Both engines answer the one table of cases, through the doors that everybody uses."""

import pytest

from lingyu.kernel.query import Row
from lingyu.store.query import ask

from .cases import CASES, Case


def _flat(row: Row, compared: bool) -> tuple:
    return (row.time, *row.dims, row.value, *((row.before, row.before_time) if compared else ()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_events_in_number_out(store, remember, case: Case):
    remember(case.facts)
    if isinstance(case.rows, type):
        with pytest.raises(case.rows) as caught:
            ask(case.query)
        assert caught.value.message % caught.value.params
        return
    result = ask(case.query)
    assert [_flat(row, bool(case.query.compare)) for row in result.rows] == case.rows
    assert case.unit in (None, result.unit)


def test_every_case_has_a_name_of_its_own():
    names = [case.says for case in CASES]
    assert len(names) == len(set(names))
