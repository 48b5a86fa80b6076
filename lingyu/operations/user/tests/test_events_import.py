"""A table of events: checked, taken, told what was left out, and nothing new the second time."""

import msgspec
import pytest
from django.core.management import call_command

from lingyu.collector.models import Source
from lingyu.desk.uploads.outcome import Told
from lingyu.store.log import sequences, working

pytestmark = pytest.mark.django_db
ROWS = "事件,时间,用户ID,页面\n浏览,2026-03-02 12:00,u1,/a\n下单,2026-03-02 12:05,u1,/pay\n浏览,昨天,u2,/a\n"


@pytest.fixture
def ask(tmp_path, settings, aque):
    """Run the command on a file as 阿鹊; the exit code and what it told."""
    settings.LINGYU_STORE = tmp_path / "store"
    path, told = tmp_path / "events.csv", tmp_path / "told.json"
    path.write_text(ROWS, encoding="utf-8")

    def run(*options: str) -> tuple[int, Told]:
        code = 0
        try:
            call_command(
                "import", "events", str(path), "--source=旧系统", f"--as={aque.pk}", f"--json={told}",
                f"--errors={tmp_path / 'errors.csv'}", "--yes", *options,
            )  # fmt: skip
        except SystemExit as ended:
            code = ended.code
        return code, msgspec.json.decode(told.read_bytes(), type=Told)

    return run


def explored() -> list[tuple]:
    """What can be explored of it."""
    while working.LogLoop().step():
        pass
    seen = sequences()
    relation = seen.relation({"props"}, 0, 99_999)
    return seen.ask(
        f"SELECT event, props.页面::VARCHAR FROM {relation} WHERE source != 'house' ORDER BY time"
    )


def test_a_check_says_what_would_come_in_and_keeps_nothing(ask):
    code, told = ask("--dry-run")
    (outcome,) = told.files
    assert (code, outcome.new, outcome.refused, outcome.changes) == (1, 2, 1, True)
    assert outcome.samples[0].rows[0][1:3] == ["浏览", "u1"]
    assert not Source.objects.exists()
    assert explored() == []


def test_what_was_imported_is_explored_as_a_sources_and_again_it_is_nothing_new(ask):
    for _time in range(2):
        code, told = ask()
        assert (code, told.files[0].new, told.files[0].refused) == (1, 2, 1)
        assert explored() == [("浏览", "/a"), ("下单", "/pay")]
    assert Source.objects.get().name == "旧系统"


def test_columns_may_be_named_by_hand(ask):
    code, told = ask("--map=person=页面", "--dry-run")
    assert told.files[0].mapping["person"] == "页面"
    assert told.files[0].samples[0].rows[0][2] == "/a"


def test_what_does_not_fit_is_said_before_anything_is_read(ask, capsys):
    for wrong in ("--map=colour=页面", "--zone=Asia/Nowhere"):
        code, told = ask(wrong)
        assert (code, told.files) == (2, [])
        assert told.failures
