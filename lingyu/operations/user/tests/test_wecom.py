"""WeCom's group statistics are taken once a day, whatever happens in between; what it forgets is said so."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction

from lingyu.operations.user.events import SnapshotTaken
from lingyu.operations.user.importers.wecom import snapshots
from lingyu.operations.user.importers.wecom.client import ZONE, Client, Refused
from lingyu.operations.user.jobs import take_wecom
from lingyu.operations.user.models import Snapshot

NOW = datetime(2026, 6, 30, 4, tzinfo=UTC)
YESTERDAY = date(2026, 6, 29)
OWNERS = ("ZhangSan", "LiSi")


class WeCom:
    """A WeCom of the test's own: it counts what it is asked and keeps to its limits."""

    def __init__(self):
        self.asked, self.trouble, self.tokens = [], [], 0
        simulated = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self):
                simulated.tokens += 1
                self.say({"errcode": 0, "access_token": f"token-{simulated.tokens}", "expires_in": 7200})

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.say(simulated.answer(urlsplit(self.path), body))

            def say(self, what):
                if what == "hang up":
                    self.connection.close()
                    return
                data = what.encode() if isinstance(what, str) else json.dumps(what).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, parts, body):
        """What WeCom answers."""
        self.asked.append((parts.path.rsplit("/", 1)[1], body))
        if self.trouble:
            return self.trouble.pop(0)
        if parse_qs(parts.query)["access_token"] != [f"token-{self.tokens}"]:
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        owners = body["owner_filter"]["userid_list"]
        start, end = (datetime.fromtimestamp(body[f"day_{at}_time"], ZONE).date() for at in ("begin", "end"))
        if len(owners) > 100 or (end - start).days >= 30:
            return {"errcode": 40058, "errmsg": "invalid request"}
        days = [start + timedelta(n) for n in range((end - start).days + 1)]
        if parts.path.endswith("by_day"):
            return {"errcode": 0, "items": [
                {"stat_time": round(datetime.combine(d, datetime.min.time(), ZONE).timestamp()),
                 "data": {"msg_total": sum(self.count(o, d) for o in owners)}}
                for d in days
            ]}  # fmt: skip
        rows = [{"owner": o, "data": self.figures(o, start)} for o in owners if o != "Nobody"]
        page = rows[body["offset"] : body["offset"] + 1]
        return {"errcode": 0, "total": len(rows), "next_offset": body["offset"] + len(page), "items": page}

    def figures(self, owner, day):
        """A day of an owner's groups."""
        return {"chat_total": 2, "member_total": 40, "member_has_msg": 9, "msg_total": self.count(owner, day)}

    @staticmethod
    def count(owner, day):
        """How many messages."""
        return day.day * 10 + len(owner)


@pytest.fixture
def wecom():
    """The simulated WeCom."""
    simulated = WeCom()
    yield simulated
    simulated.server.shutdown()
    simulated.server.server_close()


@pytest.fixture
def door(wecom, transactional_db):
    """A client of it that does not wait."""
    waited = []
    client = Client(wecom.url, "corp", "secret", pause=waited.append)
    client.waited = waited
    return client


def test_a_run_takes_the_newest_days_first_once_page_by_page(door, wecom, facts):
    assert snapshots.take(door, OWNERS, NOW) == 10
    newest = Snapshot.objects.get(day=YESTERDAY, owner="LiSi")
    assert (newest.messages, newest.members, newest.talking_members, newest.groups) == (294, 40, 9, 2)
    assert min(Snapshot.objects.values_list("day", flat=True)) == YESTERDAY - timedelta(9)
    assert Snapshot.objects.count() == len(facts(SnapshotTaken)) == 20
    assert max(f.occurred_at for f in facts(SnapshotTaken)) == datetime(2026, 6, 29, 4, tzinfo=UTC)
    asked = len(wecom.asked)
    assert snapshots.take(door, OWNERS, NOW) == 10
    assert Snapshot.objects.count() == 40 and len(wecom.asked) == 2 * asked


def test_a_gap_is_found_and_filled_and_what_is_whole_is_left(door, wecom):
    while snapshots.take(door, OWNERS, NOW):
        pass
    assert Snapshot.objects.count() == 180 * 2
    Snapshot.objects.filter(day=date(2026, 5, 4), owner="LiSi").delete()
    assert snapshots.missing(OWNERS, NOW) == [date(2026, 5, 4)]
    wecom.asked.clear()
    assert snapshots.take(door, OWNERS, NOW) == 1
    assert Snapshot.objects.count() == 360 and len(wecom.asked) == 2


def test_today_is_not_asked_for_nor_yesterday_before_it_is_counted():
    assert snapshots.last_day(NOW) == YESTERDAY
    # Three o'clock in the morning, in China.
    assert snapshots.last_day(datetime(2026, 6, 29, 19, tzinfo=UTC)) == date(2026, 6, 28)


def test_what_wecom_has_forgotten_is_missing_for_good(door):
    snapshots.take(door, OWNERS, NOW)
    later = NOW + timedelta(days=185)
    assert len(snapshots.lost(OWNERS, later)) == 5
    assert not snapshots.lost(OWNERS, NOW)


def test_an_owner_of_whom_nothing_is_told_has_noughts_and_is_not_asked_for_ever(door):
    snapshots.take(door, ("Nobody",), NOW)
    assert set(Snapshot.objects.values_list("messages", flat=True)) == {0}
    assert YESTERDAY not in snapshots.missing(("Nobody",), NOW)


def test_more_than_a_hundred_owners_are_asked_in_hundreds(door, wecom, monkeypatch):
    monkeypatch.setattr(snapshots, "DAYS", 1)
    snapshots.take(door, tuple(f"owner{n}" for n in range(101)), NOW)
    assert {len(body["owner_filter"]["userid_list"]) for _path, body in wecom.asked} == {100, 1}
    assert Snapshot.objects.count() == 101


def test_a_token_that_ran_out_is_renewed(door, wecom):
    list(door.by_owner(YESTERDAY, OWNERS))
    wecom.tokens += 1
    assert len(list(door.by_owner(YESTERDAY, OWNERS))) == 2
    assert wecom.tokens == 3


@pytest.mark.parametrize("trouble", [{"errcode": -1}, {"errcode": 45009}, "hang up", "<html>"])
def test_what_passes_by_itself_is_waited_for(door, wecom, trouble):
    wecom.trouble = [trouble, trouble]
    assert len(list(door.by_owner(YESTERDAY, OWNERS))) == 2
    assert door.waited == [1, 4]


def test_what_does_not_pass_is_given_up_and_nothing_is_kept(door, wecom):
    wecom.trouble = ["hang up"] * 9
    with pytest.raises(Refused):
        snapshots.take(door, OWNERS, NOW)
    wecom.trouble = [{"errcode": 48002, "errmsg": "api forbidden"}]
    with pytest.raises(Refused) as refused:
        snapshots.take(door, OWNERS, NOW)
    assert refused.value.code == 48002
    assert not Snapshot.objects.exists()


def test_its_own_totals_by_day_agree_with_the_snapshots(door):
    while snapshots.take(door, OWNERS, NOW):
        pass
    assert not snapshots.disagreeing(door, OWNERS, date(2026, 4, 1), YESTERDAY)
    Snapshot.objects.filter(day=date(2026, 5, 4), owner="LiSi").update(messages=1)
    assert snapshots.disagreeing(door, OWNERS, date(2026, 4, 1), YESTERDAY) == [date(2026, 5, 4)]


def test_spans_and_owners_beyond_the_limits_are_never_asked(door, wecom):
    for start, owners in ((YESTERDAY - timedelta(30), OWNERS), (YESTERDAY, ()), (YESTERDAY, ("a",) * 101)):
        with pytest.raises(ValueError):
            door.by_day(start, YESTERDAY, owners)
    assert not wecom.asked


def test_nobody_is_asked_within_a_transaction(door):
    with pytest.raises(RuntimeError, match="transaction"), transaction.atomic():
        list(door.by_owner(YESTERDAY, OWNERS))


def test_the_job_does_nothing_where_wecom_is_not_set_up_and_its_work_where_it_is(door, wecom, settings):
    assert take_wecom(NOW) == 0
    settings.LINGYU_WECOM_URL, settings.LINGYU_WECOM_CORP = wecom.url, "corp"
    settings.LINGYU_WECOM_SECRET, settings.LINGYU_WECOM_OWNERS = "secret", list(OWNERS)
    assert take_wecom(NOW) == 10


def test_the_desk_says_how_far_the_statistics_are_kept(door, settings, aque, client_of, empty_store):
    browser = client_of(aque)
    assert "WeCom is not set up" in browser.get("/desk/user/imports/").content.decode()
    settings.LINGYU_WECOM_CORP, settings.LINGYU_WECOM_OWNERS = "corp", list(OWNERS)
    long_ago = datetime.now(UTC) - timedelta(days=183)
    snapshots.take(door, OWNERS, long_ago)
    page = browser.get("/desk/user/imports/").content.decode()
    gone = len(snapshots.lost(OWNERS, datetime.now(UTC)))
    assert gone in (2, 3, 4) and f"{gone} days are missing for good" in page
