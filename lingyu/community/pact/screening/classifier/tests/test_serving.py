"""How the classifier serves: signals with a place, bounded time, a file that can't do harm."""

import lzma
from dataclasses import replace

import numpy as np
import pytest

from lingyu.community.pact.screening import Post, Scene, Screener, Signal
from lingyu.community.pact.screening.classifier import Head, Model, ModelRefused, classifying, read, write
from lingyu.community.pact.screening.classifier.grams import MOST, windows
from lingyu.community.pact.screening.classifier.training import Plan, train
from lingyu.community.pact.screening.normalise import Views
from tests.effort import LINEAR, growth

from .making import made

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def model():
    return train(made(60), Plan(count=3))[0]


def signals(model, text, **post):
    scene = Scene(Post(text, **post), {"text": Views(text)})
    return list(classifying(model).run(scene))


def test_the_span_points_at_what_is_said_and_not_at_what_surrounds_it(model):
    before, insult, after = (
        "今天早上在公司楼下的食堂里，",
        "你这个废物脑子进水了",
        "，我们讨论了方案，天气不错",
    )
    (signal,) = signals(model, before + insult + after)
    assert signal.clause == "2.6"
    middle = sum(signal.span) / 2
    assert len(before) <= middle <= len(before + insult)


def test_a_disguised_text_is_known_by_its_sound_and_shown_in_the_writers_characters(model):
    text = "注册送​筹码，白家乐稳赢"
    (signal,) = signals(model, text)
    assert signal.clause == "1.8"
    assert 0 <= signal.span[0] < signal.span[1] <= len(text)


def test_ordinary_talk_and_empty_texts_give_nothing(model):
    assert not signals(model, "中午在食堂排队买了早餐，改好了周报")
    assert not signals(model, "")
    assert not signals(model, " \n\u200b")


def test_one_bad_sentence_in_a_long_article_is_found(model):
    calm = "读完一本书，换了新键盘，收到了快递，做了红烧肉。" * 20
    text = calm + "注册送筹码，百家乐稳赢，盘口水位高，下注秒到账，真人荷官发牌。" * 6 + calm
    found = signals(model, text, kind="comment")
    assert [s.clause for s in found if s.strength == "review"] == ["1.8"]


def test_time_and_windows_are_bounded_for_any_length(model):
    assert len(windows(Views("赌" * 300_000))) <= MOST + 1
    assert growth(lambda size: signals(model, "百家乐稳赢" * size), size=2_000) < LINEAR


def test_a_name_is_too_short_to_be_judged_by_its_n_grams(model):
    assert signals(model, "百家乐稳赢，注册送筹码")
    assert not signals(model, "百家乐稳赢，注册送筹码", kind="nickname")


def test_the_file_gives_the_same_answers_and_names_its_version(model, tmp_path):
    written = write(model, tmp_path / "m.bin")
    again = read(tmp_path / "m.bin")
    assert again.version == written.version
    for example in made(5, seed=4):
        assert again.answers(Views(example.text)) == written.answers(Views(example.text))


@pytest.mark.parametrize("harm", ["cut", "bit", "other", "empty", "bomb"])
def test_a_damaged_or_foreign_file_is_refused(model, tmp_path, harm):
    path = tmp_path / "m.bin"
    write(model, path)
    data = path.read_bytes()
    path.write_bytes(
        {
            "cut": data[:-40],
            "bit": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
            "other": b"PK\x03\x04" + data,
            "empty": b"",
            "bomb": data[:400] + lzma.compress(b"\0" * 10**7),
        }[harm]
    )
    with pytest.raises(ModelRefused, match=r"m\.bin"):
        read(path)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(ModelRefused, match="nowhere"):
        read(tmp_path / "nowhere.bin")


def flat(**changes):
    """A model that knows one character, and nothing else."""
    head = Head("2", "2.6", scale=1.0, bias=-1.0, review=0.5)
    one = Model("tiny", (head,), ["坏"], np.array([[127]], np.int8), {"\x01bank 2.6 review": [3.0]}, True)
    return replace(one, **changes)


def test_what_the_banks_hit_counts_in_the_score():
    scene = Scene(Post("好"), {"text": Views("好")}, [Signal("2.6", (0, 1), 0.6, "bank:abuse/x")])
    assert [s.strength for s in classifying(flat()).run(scene)] == ["review"]
    assert not list(classifying(flat()).run(Scene(Post("好"), {"text": Views("好")})))


def test_a_model_that_governs_overrules_the_banks_but_not_what_may_block():
    bank = Signal("2.6", (0, 1), 0.8, "bank:abuse/x")
    steps = Screener.shipped().without("rules").without("banks")
    beside = steps.having("banks", lambda scene: [bank])
    quiet = flat(hits={})
    assert beside.having_model(quiet).screen(Post("好")).decision == "review"
    assert beside.having_model(replace(quiet, governs=frozenset("2"))).screen(Post("好")).decision == "pass"
    grave = steps.having("banks", lambda scene: [Signal("1.8", (0, 1), 0.99, "bank:x/y", "block")])
    assert (
        grave.having_model(replace(quiet, governs=frozenset({"1.8"}))).screen(Post("好")).decision == "block"
    )
    said = beside.having_model(replace(quiet, governs=frozenset("2"))).screen(Post("坏坏"))
    assert said.decision == "review"
    assert {f.by.partition(":")[0] for f in said.findings} == {"bank", "model"}


@pytest.mark.parametrize(
    "text", ["百家乐稳赢 8888 注册送筹码", "😀🏔㗎 x", "a", "12 34", "  坏\u200b 坏坏", "weixin 加" * 300]
)
def test_a_whole_text_is_looked_up_as_its_single_n_grams_are(model, text):
    read = windows(Views(text))
    known, index = model.lookup.known(read), {gram: n for n, gram in enumerate(model.grams)}
    assert known.sizes.tolist() == [len(window.grams()) for window in read]
    for window, start, end in zip(read, known.ends, known.ends[1:], strict=False):
        found = known.rows[start:end].tolist()
        assert sorted(found) == sorted(index[gram] for gram in window.grams() if gram in index)


def test_characters_that_no_model_saw_are_told_apart():
    one = flat(grams=["坏", "坏1", ""], weights=np.array([[127], [127], [127]], np.int8))
    known = one.lookup.known(windows(Views("坏㗎坏𠀀")))
    assert known.rows.tolist() == [0]
    assert known.sizes.tolist() == [len(windows(Views("坏㗎坏𠀀"))[0].grams())]
