"""The components as a browser gets them: named, wired and safe, in either language."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils import translation

from lingyu.look.samples import style_samples


@pytest.fixture
def shown():
    """Render a line of template with every component at hand."""

    def render(line, language="en", **context):
        with translation.override(language):
            source = '{% import "look/components.html" as ui %}' + line
            return engines["jinja2"].from_string(source).render(context)

    return render


def test_an_icon_is_silent_unless_it_has_a_name(shown):
    assert 'aria-hidden="true"' in shown("{{ icon('download') }}")
    named = shown("{{ icon('download', label='Download') }}")
    assert 'role="img"' in named
    assert 'aria-label="Download"' in named


def test_a_field_is_wired_to_its_label_its_help_and_its_error(shown):
    html = shown("{{ ui.input('rows', 'Rows', help='At most', error='No number') }}")
    assert '<label for="id_rows">' in html
    assert 'aria-describedby="id_rows_helptext id_rows_error" aria-invalid="true"' in html
    assert 'id="id_rows_helptext"' in html
    assert 'id="id_rows_error"' in html


@pytest.mark.parametrize(
    ("value", "good", "judged"),
    [
        (0.1, "up", "good"),
        (0.1, "down", "bad"),
        (-0.1, "down", "good"),
        (-0.1, "up", "bad"),
        (0.1, "neither", "flat"),
        (0, "up", "flat"),
    ],
)
def test_whether_a_change_is_good_depends_on_the_metric(shown, value, good, judged):
    assert f"change-{judged}" in shown("{{ ui.change(value, good) }}", value=value, good=good)


def test_a_tile_tells_the_number_short_and_keeps_the_exact_one(shown):
    html = shown("{{ ui.kpi('Paid', 48216500, 'money', 'CNY') }}", "zh-hans")
    assert "¥48.2<small>万</small>" in html
    assert 'title="¥482,165.00"' in html


def test_a_tile_without_a_value_says_what_would_fill_it(shown):
    html = shown("{{ ui.kpi('Conversion', None, 'ratio', empty='Import visitors.') }}")
    assert "Import visitors." in html


def test_a_table_names_its_columns_its_rows_and_itself(shown):
    html = shown(
        "{{ ui.table(columns, rows, 'By shop', total={'name': 'Total', 'paid': 300}) }}",
        columns=[{"key": "name", "label": "Shop"}, {"key": "paid", "label": "Paid", "format": "number"}],
        rows=[{"name": "<b>Mine</b>", "paid": 100}, {"name": "Yours", "paid": None}],
    )
    assert "<caption" in html
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 3
    assert 'class="end"' in html
    assert "&lt;b&gt;Mine&lt;/b&gt;" in html
    assert "<tfoot>" in html


def test_a_table_without_rows_teaches(shown):
    html = shown("{{ ui.table([], [], 'Shops', empty={'title': 'No shop yet'}) }}")
    assert "No shop yet" in html
    assert "<table" not in html


def test_a_chart_carries_the_table_that_says_the_same(shown):
    spec = {
        "type": "bar",
        "labels": [date(2026, 11, 1)],
        "unit": "money",
        "currency": "CNY",
        "series": [{"name": "Paid", "data": [12_345]}],
    }
    html = shown("{{ ui.chart(spec, 'Paid a day') }}", spec=spec)
    assert html.count("¥123.45") == 2
    assert "<noscript>" in html
    assert "data-empty" not in html


def test_an_empty_chart_draws_nothing_and_says_so(shown):
    spec = {"type": "line", "labels": [], "series": [{"name": "Paid", "data": []}]}
    html = shown("{{ ui.chart(spec, 'Paid a day') }}", spec=spec)
    assert "data-empty" in html
    assert "Nothing to draw yet" in html


def test_the_period_keeps_what_else_the_address_says(shown):
    html = shown(
        "{{ ui.period('30d', start, end, 'year', keep=[('shop', 'a&b')]) }}",
        start=date(2026, 10, 24),
        end=date(2026, 11, 22),
    )
    assert "?shop=a%26b&amp;period=7d&amp;compare=year" in html
    assert '<input type="hidden" name="shop" value="a&amp;b">' in html
    assert 'value="2026-10-24"' in html
    assert 'aria-current="true">30 days' in html


def test_the_same_words_may_be_explained_twice_each_button_opens_its_own(shown):
    html = shown("{{ ui.define('Paid', 'What buyers paid.') }}{{ ui.define('Paid', 'What buyers paid.') }}")
    opens, opened = re.findall(r'popovertarget="([^"]+)"', html), re.findall(r' id="([^"]+)"', html)
    assert opens == opened
    assert len(set(opened)) == 2


def test_a_constant_in_a_template_is_written_in_each_readers_language():
    """Jinja works out filters of constants when it compiles; ours depend on who reads."""
    template = engines["jinja2"].from_string("{{ 1286400|compact }}")
    said = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said.append(template.render())
    assert said == ["1.29M", "128.6万"]


def test_a_moment_can_be_read_by_people_and_by_machines(shown):
    html = shown("{{ at|when }}", at=datetime(2026, 1, 2, 18, 0, tzinfo=UTC))
    assert html == ('<time datetime="2026-01-02T18:00:00+00:00" title="Jan 3, 2026 02:00">Jan 3, 2026</time>')


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("part", ["toc", "foundations", "controls", "numbers", "feedback"])
def test_the_design_page_shows_every_component_without_a_style_of_its_own(part, language):
    with translation.override(language):
        html = engines["jinja2"].get_template(f"look/style/{part}.html").render(style_samples())
    assert " style=" not in html
    assert " onclick=" not in html
    assert html.count("<div") == html.count("</div>")
