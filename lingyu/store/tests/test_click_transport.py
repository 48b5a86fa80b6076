"""The way to ClickHouse: addresses, tries, and errors in plain words."""

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError

from lingyu.store.engines.base import EngineError
from lingyu.store.engines.click import transport
from lingyu.store.engines.click.transport import Transport, connect


class _Client:
    """Fails as often as it is told to, then answers."""

    def __init__(self, *errors):
        self.errors, self.calls = list(errors), 0

    def query(self, text):
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return type("Answer", (), {"result_rows": [(1,)]})

    def raw_insert(self, *args, **rest):
        self.query("")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(transport.time, "sleep", lambda seconds: None)


def test_a_server_that_is_away_for_a_moment_is_asked_again():
    client = _Client(OperationalError("refused"), TimeoutError("slow"))
    assert Transport(lambda: client).rows("SELECT 1") == [(1,)]
    assert client.calls == 3


def test_a_server_that_stays_away_is_an_error_in_plain_words():
    client = _Client(*[OperationalError("refused\nStack trace: …")] * 9)
    with pytest.raises(EngineError, match="cannot be reached: refused$"):
        Transport(lambda: client).rows("SELECT 1")
    assert client.calls == 1 + len(transport.BACK_OFF)


def test_what_the_server_refuses_is_not_asked_again():
    client = _Client(DatabaseError("Code: 62. Syntax error"))
    with pytest.raises(EngineError, match="Syntax error"):
        Transport(lambda: client).rows("SELEKT 1")
    assert client.calls == 1


def test_a_body_is_not_sent_twice_by_the_transport(tmp_path):
    client, body = _Client(OperationalError("cut off")), tmp_path / "body"
    body.touch()
    with pytest.raises(EngineError):
        Transport(lambda: client).load("events_incoming", body, {})
    assert client.calls == 1


@pytest.mark.parametrize("url", ["", "clickhouse.example", "postgres://user:secret@host/db", "http://"])
def test_an_address_of_another_form_is_refused_without_telling_its_password(url):
    with pytest.raises(EngineError) as caught:
        connect(url)
    assert "secret" not in str(caught.value)


def test_an_address_says_everything_a_client_needs(monkeypatch):
    import clickhouse_connect

    asked = {}
    monkeypatch.setattr(clickhouse_connect, "get_client", lambda **how: asked.update(how) or _Client())
    connect("https://us%40er:p%2Fw@db.example/facts").rows("SELECT 1")
    wanted = {"host": "db.example", "port": 8443, "secure": True, "username": "us@er", "password": "p/w"}
    assert wanted.items() <= asked.items()
    assert asked["database"] == "facts"
    assert 0 < asked["connect_timeout"] < asked["send_receive_timeout"]
