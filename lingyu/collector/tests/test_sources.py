"""Sources: who makes them, what their page says, what the doctor tells there and on the command line."""

import json
import re
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from lingyu.collector import actions, events, running
from lingyu.collector.book import Book
from lingyu.collector.door import Door
from lingyu.collector.lines import lines_for
from lingyu.collector.models import Source
from lingyu.collector.protocols import CODES
from lingyu.collector.remedies import REMEDIES
from lingyu.kernel.facts import Remark
from tests.house.sources import PACKAGE

from .sending import request

SITE = "https://lingyu.example/"


@pytest.fixture
def source(aque) -> Source:
    """One of 阿鹊's."""
    return actions.make_source(actor=aque, name="shop", names="shop.example\n7")


@pytest.fixture
def doctor(settings, tmp_path):
    """The house's doctor, on a folder of the test's own."""
    settings.LINGYU_STORE = tmp_path
    return running.doctor()


def the_door() -> Door:
    """A door to the sources in the database."""
    book = Book(running.load_entries)
    book.refresh()
    return Door(book, running.secret())


def sent(key: str, **more):
    """A track call with a key."""
    return the_door().decide(
        request("POST", "/v1/track", {"event": "x", "userId": "u", "writeKey": key}, **more)
    )


def test_a_source_is_made_changed_rotated_stopped_and_resumed_with_a_fact_of_each(aque, source, facts):
    first = source.key
    assert sent(first).row.source == str(source.pk)
    key = actions.rotate_key(actor=aque, source=source)
    assert sent(key).row
    assert sent(first).row, "the key before is valid for a while"
    assert actions.stop_source(actor=aque, source=source)
    assert not actions.stop_source(actor=aque, source=source)
    assert sent(key).remarks[0].code == "source_off"
    assert actions.resume_source(actor=aque, source=source)
    assert sent(key).row
    actions.change_source(actor=aque, source=source, name="store", protocols="posthog")
    assert sent(key).remarks[0].code == "protocol_not_allowed"
    kinds = ("SourceMade", "KeyRotated", "SourceStopped", "SourceResumed", "SourceChanged")
    for kind in kinds:
        (fact,) = facts(getattr(events, kind))
        assert (fact.source, fact.actor) == (str(source.pk), str(aque.pk))


@pytest.mark.parametrize(
    ("field", "value"),
    [("names", "two words"), ("names", "shop.example"), ("protocols", "smoke"), ("origins", "shop.example")],
)
def test_what_cannot_be_is_refused_by_field(aque, source, field, value):
    with pytest.raises(ValidationError) as refused:
        actions.make_source(actor=aque, name="other", **{field: value})
    assert list(refused.value.message_dict) == [field]


def test_sdks_may_call_a_source_by_its_other_names(source):
    said = the_door().decide(request("POST", "/api/event", {"n": "x", "u": "http://a/", "d": "shop.example"}))
    assert said.row.source == str(source.pk)
    assert the_door().decide(request("GET", "/matomo.php?idsite=7&rec=1")).row.source == str(source.pk)


def test_an_operator_makes_a_source_and_sees_the_lines_to_paste(aque, client_of, doctor):
    browser = client_of(aque)
    answer = browser.post("/desk/sources/", {"name": "shop", "per_minute": "0"}, follow=True)
    made = Source.objects.get()
    page = answer.content.decode()
    assert made.key in page
    assert f"/in/{made.prefix}" in page
    assert page.count("<details") >= len(CODES)
    assert {line.protocol for line in lines_for(made, SITE)} == set(CODES)
    browser.post(f"/desk/sources/{made.pk}/stop")
    assert Source.objects.get().stopped_by == aque
    assert "is refused" in browser.get(f"/desk/sources/{made.pk}/").content.decode()
    browser.post(f"/desk/sources/{made.pk}/resume")
    browser.post(f"/desk/sources/{made.pk}/key")
    assert Source.objects.get().previous_key == made.key
    again = {
        "name": "store",
        "per_minute": "60",
        "protocols": ["segment", "posthog"],
        "origins": "https://a.example",
    }
    browser.post(f"/desk/sources/{made.pk}/", again)
    changed = Source.objects.get()
    assert (changed.name, changed.per_minute, changed.protocols) == ("store", 60, "segment posthog")
    assert {line.protocol for line in lines_for(changed, SITE)} == {"segment", "posthog"}


def test_nobody_else_sees_them(luren, anonymous, client_of, source):
    for address in ("/desk/sources/", f"/desk/sources/{source.pk}/"):
        assert client_of(luren).get(address).status_code == 403
        assert client_of(anonymous).get(address).status_code == 302


def test_the_page_says_what_was_wrong_where_and_what_to_do(aque, client_of, doctor, source):
    said = Remark("repaired", "clock_corrected", "timestamp", "+1207 s", '{"<script>": 1}')
    doctor.note(str(source.pk), "segment", [said, said])
    doctor.note("", "", [Remark("refused", "path_unknown", "", "/nothing")])
    page = client_of(aque).get(f"/desk/sources/{source.pk}/").content.decode()
    assert "clock is off" in page
    assert "NTP" in page
    assert "+1207 s" in page
    assert "<script>&quot;" not in page
    assert "&lt;script&gt;" in page
    assert "No protocol has this address" in client_of(aque).get("/desk/sources/").content.decode()
    chinese = client_of(aque, "zh-hans").get(f"/desk/sources/{source.pk}/").content.decode()
    assert "clock is off" not in chinese
    assert "NTP" in chinese


def test_the_doctor_keeps_so_much_of_a_source_and_no_more(doctor):
    for number in range(300):
        doctor.note("s", "segment", [Remark("refused", "type_unknown", f"batch[{number}]", "", "x" * 9_000)])
    found = doctor.findings("s")
    assert len(found) == 100
    assert found[0].field == "batch[299]"
    assert len(found[0].sample) <= 600
    doctor.note("s", "segment", [Remark("refused", "type_unknown", "batch[299]")])
    assert [(f.times, f.sample != "") for f in doctor.findings("s")[:1]] == [(2, True)]


def test_a_damaged_book_of_the_doctor_is_begun_anew(doctor):
    doctor.note("s", "segment", [Remark("refused", "cut")])
    doctor.path.write_bytes(b"nothing of the kind" * 1_000)
    doctor.path.with_name(f"{doctor.path.name}-wal").unlink(missing_ok=True)
    doctor.note("s", "segment", [Remark("refused", "nobody")])
    assert [f.code for f in doctor.findings()] == ["nobody"]


def test_every_code_that_can_be_told_has_its_remedy():
    words = r"(?:Refused\(\s*\d{3}|mend\(|refuse\(|Remark\(\s*\"\w+\"),?\s*\"([a-z_]+)\""
    calls = re.compile(words + r"|return \"([a-z]+_[a-z_]+)\"")
    told = set()
    for path in (PACKAGE / "collector").rglob("*.py"):
        if "tests" not in path.parts and path.name != "tokens.py":
            told |= {a or b for a, b in calls.findall(path.read_text(encoding="utf-8"))}
    assert {"clock_corrected", "person_missing", "json_broken", "time_unreadable"} <= told | set(REMEDIES)
    assert told - set(REMEDIES) == set()


def doctor_says(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("doctor", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_lists_what_was_found_of_a_source(doctor, source):
    assert doctor_says()
    doctor.note(str(source.pk), "segment", [Remark("refused", "type_unknown", "batch[1]")])
    doctor.note("", "", [Remark("refused", "path_unknown")])
    said = doctor_says("--source", "shop")
    assert "type_unknown batch[1]" in said
    assert "path_unknown" not in said
    assert {f["code"] for f in json.loads(doctor_says("--format", "json"))} == {
        "type_unknown",
        "path_unknown",
    }


def test_the_command_says_what_would_become_of_a_request(doctor, source, tmp_path, capsys):
    body = {
        "batch": [{"type": "track", "event": "Bought", "userId": "u1", "timestamp": "soon"}, {"type": "no"}]
    }
    file = tmp_path / "request"
    head = f"POST /in/{source.prefix}/v1/batch HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n"
    file.write_bytes(head.encode() + json.dumps(body).encode())
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--request", str(file))
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "Bought" in said
    assert "user u1" in said
    assert "time_unreadable" in said
    assert "type_unknown batch[1]" in said
    assert not list((tmp_path / "inbox").glob("*"))
    file.write_bytes(b"POST /v1/batch\n\n{")
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--request", str(file), "--format", "json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["remarks"][0]["code"] == "json_broken"
