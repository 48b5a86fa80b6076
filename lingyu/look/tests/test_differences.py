"""Two texts compared: what was taken out, what was put in."""

from lingyu.look.differences import differences, words_changed


def kinds(rows):
    return [r.kind for r in rows]


def test_a_changed_word_of_a_chinese_sentence_shows_as_one_word():
    (row,) = differences("新客复购率上升了五个百分点。", "新客留存率上升了五个百分点。")
    assert row.kind == "changed"
    gone = "".join(t for change, t in row.left if change == "gone")
    new = "".join(t for change, t in row.right if change == "new")
    assert (gone, new) in {("复购", "留存"), ("复购率", "留存率")}
    assert "".join(t for c, t in row.both if c != "new") == "新客复购率上升了五个百分点。"


def test_lines_put_in_and_taken_out_stand_alone():
    assert kinds(differences("甲段落。\n\n乙段落。", "甲段落。\n\n全新的一行字\n\n乙段落。")) == [
        "same",
        "new",
        "same",
    ]
    assert kinds(differences("one\n\ntwo", "one")) == ["same", "gone"]
    assert kinds(differences("春天来了", "completely different")) == ["gone", "new"]


def test_long_stretches_without_a_change_are_skipped():
    before = "\n".join(f"第{n}段" for n in range(50))
    rows = differences(before, before.replace("第25段", "第廿五段"))
    skipped = [r.skipped for r in rows if r.kind == "skipped"]
    assert len(skipped) == 2
    assert sum(skipped) + len([r for r in rows if r.kind != "skipped"]) in {50, 51}


def test_what_was_changed_is_counted_and_equal_texts_differ_in_nothing():
    assert words_changed(differences("甲乙丙丁", "甲乙丙丁")) == (0, 0)
    assert words_changed(differences("一段", "")) == (2, 0)


def test_texts_as_large_as_an_article_may_be_are_compared():
    words = "运营 数据 复盘 增长 " * 12_000
    rows = differences(words, words[::-1])
    assert rows
    many = "\n".join(str(n % 7) for n in range(40_000))
    assert differences(many, many[:-9_000] + "x")
