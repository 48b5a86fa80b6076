"""What a command tells programs while it tells people."""

import pytest
from django.core.management import CommandError, call_command

from lingyu.desk.terminal import Terminal
from lingyu.desk.uploads.outcome import Outcome, read


def test_programs_read_how_far_it_is_and_what_became_of_each_file(tmp_path):
    path = tmp_path / "told.json"
    ui = Terminal(path)
    with ui.progress("reading", 200) as tell:
        assert (read(path).doing.done, read(path).doing.total) == (0, 200)
        tell(50)
    ui.fail("row 3 is wrong")
    ui.result(Outcome(file="a.csv", code=1, new=7))
    told = read(path)
    assert (told.files[0].new, told.failures, told.code) == (7, ["row 3 is wrong"], None)
    ui.end(1)
    assert read(path).code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["told.json"]


def test_without_a_file_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ui = Terminal()
    ui.result(Outcome(file="a.csv"))
    ui.end(0)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_reads_as_nothing(tmp_path):
    path = tmp_path / "told.json"
    assert read(path) is None
    path.write_text('{"files": 7}')
    assert read(path) is None


def test_an_import_in_somebodys_name_needs_their_permission(luren, dapeng, tmp_path):
    refused = {"路人": "may not import", "大鹏": "may not import", "nobody": "There is no member"}
    for name, why in refused.items():
        with pytest.raises(CommandError, match=why):
            call_command("import", "orders", str(tmp_path / "a.csv"), "--shop=X", f"--as={name}")
