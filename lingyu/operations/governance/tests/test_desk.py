"""The desk: every panel of its own, what waits with its ways, and the records as files."""

import csv
import io

import pytest
from django.urls import reverse

from lingyu.community.accounts import actions as accounts
from lingyu.community.cases import actions as cases
from lingyu.operations.governance.operation import OPERATION


def said(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def page(code: str, rest: str = "") -> str:
    if rest:
        return reverse("desk_subpage", args=["governance", code, rest])
    return reverse("desk_page", args=["governance", code])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_panel_draws_and_names_its_rows(march, aque, client_of, language):
    answer = said(client_of(aque, language).get("/desk/governance/?from=2026-03-01&to=2026-03-31"))
    for panel in OPERATION.panels:
        assert panel.label(language) in answer
    assert {"en": "2.6 ", "zh-hans": "2.6 "}[language] in answer
    assert {"en": "Decision overturned", "zh-hans": "撤销裁决"}[language] in answer


def test_what_waits_is_counted_and_only_moderators_are_led_there(subjects, dapeng, aque, client_of):
    cases.look_at(actor=dapeng, subject=subjects[0])
    operator = said(client_of(aque).get(page("at_hand")))
    assert "Deciding is for moderators" in operator
    assert 'href="/review/rings/"' not in operator
    accounts.grant_role(actor=None, member=aque, role="moderator")
    both = said(client_of(aque).get(page("at_hand")))
    for way in ("/review/", "/review/appeals/", "/review/rings/", "/review/seconds/", "/pact/numbers/"):
        assert f'href="{way}"' in both, way


def test_the_records_name_nobody_and_are_filtered(march, aque, client_of):
    browser = client_of(aque)
    everything = said(browser.get(page("decisions")))
    assert "路人" not in everything
    assert everything.count('<th scope="row"') == 3
    assert (
        said(browser.get(page("decisions") + "?clause=2.6&outcome=violation&origin=report")).count(
            '<th scope="row"'
        )
        == 1
    )
    assert "No decision fits" in said(browser.get(page("decisions") + "?clause=9.4"))
    assert browser.get(page("decisions", "nonsense")).status_code == 404


def test_the_records_go_out_as_csv_and_excel(march, aque, client_of):
    answer = client_of(aque).get(page("decisions", "decisions.csv") + "?clause=3.1")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert (row["Hours"], row["In time"], row["Appeal"]) == ("30.0", "no", "Decision upheld")
    sheet = client_of(aque).get(page("decisions", "decisions.xlsx"))
    assert sheet.content[:2] == b"PK"


def test_a_moderator_without_a_desk_does_not_come_in(march, dapeng, client_of):
    assert client_of(dapeng).get(page("decisions")).status_code == 403
