"""A chart's spec: exact in, safe and readable for the browser out."""

import json
from datetime import date
from fractions import Fraction

import pytest

from lingyu.look import charts

SPEC = {
    "type": "line",
    "labels": [date(2026, 11, 1), date(2026, 11, 2)],
    "unit": "money",
    "series": [{"name": "</script><b>", "data": [Fraction(1, 4), None]}],
}


def test_a_spec_reaches_the_browser_as_plain_numbers_and_iso_days():
    read = json.loads(charts.as_json(SPEC, "zh-hans", "CNY"))
    assert read["labels"] == ["2026-11-01", "2026-11-02"]
    assert read["series"][0]["data"] == [0.25, None]
    assert (read["minor"], read["symbol"], read["grain"]) == (2, "¥", "day")


def test_a_name_cannot_close_the_script_it_stands_in():
    text = charts.as_json(SPEC, "en", "CNY")
    assert "<" not in text
    assert json.loads(text)["series"][0]["name"] == "</script><b>"


def test_an_unknown_kind_of_chart_is_refused_by_name():
    with pytest.raises(ValueError, match="pie"):
        charts.as_json(SPEC | {"type": "pie"}, "en", "CNY")


def test_a_chart_is_empty_only_when_no_value_is_known():
    assert charts.is_empty({"series": []})
    assert charts.is_empty({"series": [{"data": [None]}]})
    assert not charts.is_empty({"series": [{"data": [None, 0]}]})


def test_a_bucket_is_named_by_its_grain():
    assert charts.label(date(2026, 11, 1), "month", "zh-hans") == "2026年11月"
    assert charts.label(date(2026, 11, 1), "day", "en") == "Nov 1"
    assert charts.label("Taobao", "day", "en") == "Taobao"
