"""`lingyu train-screen`: an operator's files become a model, or a refusal that says where and why."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lingyu.community.pact.screening import Post, Screener
from lingyu.community.pact.screening.classifier import read
from lingyu.community.pact.screening.classifier.tests.making import made
from lingyu.community.pact.teaching import decisions
from lingyu.community.pact.teaching.files import Labelled

pytestmark = pytest.mark.one_database


def rows(count=40, names=("赌博", "谩骂", "正常")):
    """(text, label) of three classes."""
    by_label = dict(zip(("1.8", "2.6", ""), names, strict=True))
    return [(e.text, by_label[next(iter(e.labels), "")]) for e in made(count)]


def table(path, found, header=("text", "label"), separator=","):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=separator)
        writer.writerows([header, *found])
    return path


def train(*files, out, **options):
    said = StringIO()
    call_command("train-screen", *map(str, files), out=out, folds=2, stdout=said, **options)
    return said.getvalue()


def refused(*files, out, **options):
    with pytest.raises(CommandError) as error:
        train(*files, out=out, **options)
    assert not out.exists()
    return str(error.value)


def test_a_file_with_the_usual_names_needs_no_options_and_the_model_decides(tmp_path):
    out = tmp_path / "m.bin"
    said = train(table(tmp_path / "a.csv", rows()), out=out)
    assert "1.8" in said
    assert "F1" in said
    screener = Screener.shipped().having_model(read(out))
    insult, gamble, fine = (
        "晚上前台，狗都不如，白痴一样",
        "晚上前台，下注秒到账，代理返水",
        "晚上前台，换了新键盘，做了红烧肉",
    )
    assert screener.screen(Post(insult)).lead == "2.6"
    assert screener.screen(Post(gamble)).lead == "1.8"
    assert screener.screen(Post(fine)).decision == "pass"
    assert screener.screen(Post(fine)).versions["model"] == f"local-{read(out).version}"


@pytest.mark.parametrize("kind", ["tsv", "jsonl", "json", "utf-16", "gb18030"])
def test_tables_and_json_are_read_in_what_form_they_come(tmp_path, kind):
    found = rows()
    if kind == "tsv":
        path = table(tmp_path / "a.tsv", found, separator="\t")
    elif kind in ("jsonl", "json"):
        objects = [{"文本": text, "标签": label} for text, label in found]
        path = tmp_path / f"a.{kind}"
        lines = "\n".join(json.dumps(o, ensure_ascii=False) for o in objects)
        path.write_text(json.dumps(objects) if kind == "json" else lines, encoding="utf-8")
    else:
        path = table(tmp_path / "a.csv", found)
        path.write_bytes(path.read_text(encoding="utf-8").encode(kind))
    train(path, out=tmp_path / "m.bin")
    assert {head.clause for head in read(tmp_path / "m.bin").heads} == {"1.8", "2.6"}


def test_binary_labels_answer_for_the_clause_that_they_are_mapped_to(tmp_path):
    found = [(text, "0" if label == "正常" else "1") for text, label in rows() if label != "赌博"]
    path = table(tmp_path / "cold.csv", found, header=("TEXT", "label"))
    train(path, out=(out := tmp_path / "m.bin"), map=["1=2.6", "0=ok"])
    model = read(out)
    assert [(head.clause, head.parent) for head in model.heads] == [("2.6", "")]
    assert model.governs == {"2"}


def test_labels_that_mean_nothing_are_named_with_what_to_write(tmp_path):
    path = table(tmp_path / "a.csv", [("一句话", "1"), ("又一句", "0"), ("再一句", "sarkastisch")])
    said = refused(path, out=tmp_path / "m.bin")
    assert "a.csv" in said
    assert "sarkastisch" in said
    assert "--map 1=" in said
    assert "--map 0=ok" in said


@pytest.mark.parametrize(
    ("header", "row", "named"),
    [
        (("satz", "label"), ("一句话", "ok"), "--text"),
        (("text", "urteil"), ("一句话", "ok"), "--label"),
        (("text", "label"), ("一句话", ""), "label"),
        (("text", "label"), ("", "ok"), "text"),
    ],
)
def test_what_is_missing_is_named_by_file_row_and_field(tmp_path, header, row, named):
    path = table(tmp_path / "a.csv", [("第一句", "ok"), row], header=header)
    said = refused(path, out=tmp_path / "m.bin")
    assert "a.csv" in said
    assert named in said
    if "--" not in named:
        assert "3" in said


def test_broken_json_names_its_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "一句", "label": "ok"}\n{"text": \n', encoding="utf-8")
    said = refused(path, out=tmp_path / "m.bin")
    assert "a.jsonl" in said
    assert "2" in said


def test_a_file_that_is_not_there_and_a_map_that_maps_nothing_are_refused(tmp_path):
    assert "nowhere.csv" in refused(tmp_path / "nowhere.csv", out=tmp_path / "m.bin")
    path = table(tmp_path / "a.csv", rows())
    assert "1=nonsense" in refused(path, out=tmp_path / "m.bin", map=["1=nonsense"])
    assert refused(out=tmp_path / "m.bin")


def test_without_texts_in_order_nothing_is_learnt(tmp_path):
    path = table(tmp_path / "a.csv", [row for row in rows() if row[1] != "正常"])
    assert "ok" in refused(path, out=tmp_path / "m.bin")


def test_groups_that_leave_nothing_to_hold_out_are_refused(tmp_path):
    path = table(tmp_path / "a.csv", [(*row, "one") for row in rows()], header=("text", "label", "thread"))
    assert "--group" in refused(path, out=tmp_path / "m.bin", group="thread")


def test_texts_that_come_again_count_once_and_contradictions_are_told(tmp_path):
    found = rows()
    path = table(tmp_path / "a.csv", [*found, found[0], (found[1][0], "正常")])
    said = train(path, out=tmp_path / "m.bin")
    assert f"{len(found)}" in said


def test_reviewers_decisions_are_learnt_from_too(tmp_path, monkeypatch):
    monkeypatch.setattr(decisions, "_SOURCES", [])
    assert refused(out=tmp_path / "m.bin", decisions="-")

    @decisions.source
    def settled():
        for number, (text, label) in enumerate(rows(names=("1.8", "2.6", "ok"))):
            yield Labelled(text, label, f"case {number}", f"case {number}")

    train(out=tmp_path / "m.bin", decisions="-")
    assert read(tmp_path / "m.bin").about["examples"] == 120


def test_for_programs_the_report_is_json_and_agrees_with_the_model(tmp_path):
    path = table(tmp_path / "a.csv", rows())
    said = json.loads(train(path, out=tmp_path / "m.bin", json=True))
    assert said["version"] == read(tmp_path / "m.bin").version
    assert 0.9 < said["macro_f1"] <= 1
    assert {row["label"] for row in said["classes"]} == {"1.8", "2", "ok"}
