"""What holds for every cell, however it is written."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lingyu.store.intake import cells
from lingyu.store.intake.errors import CellError


@given(
    st.integers(-cells.LARGEST, cells.LARGEST),
    st.sampled_from(["{}", "¥{}", " {} ", "{}元", '="{}"', "{}\t"]),
    st.booleans(),
)
def test_an_amount_survives_every_way_of_writing_it(minor, wrapping, thousands):
    text = wrapping.format(format(Decimal(minor).scaleb(-2), ",.2f" if thousands else ".2f"))
    assert cells.money(text, signed=True, currency="CNY") == minor


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_a_cell_error(raw):
    for parse in (cells.text, cells.identifier, cells.integer, cells.decimal_, cells.money, cells.day):
        try:
            parse(raw)
        except CellError as error:
            assert error.code and error.message


@given(st.datetimes(datetime(1991, 1, 1), datetime(2025, 1, 1)))
def test_a_moment_survives_being_written(when):
    assert cells.moment(when.isoformat(" "), UTC) == when.replace(tzinfo=UTC)
    assert cells.day(f"{when:%Y/%m/%d}") == when.date()
