"""What the classifier learns, and what its held-out figures are worth."""

import numpy as np
import pytest

from lingyu.community.pact.screening.classifier.examples import Example, folds, tabulate
from lingyu.community.pact.screening.classifier.flat import packed
from lingyu.community.pact.screening.classifier.thresholds import (
    blocking,
    choose,
    decide,
    qualities,
    sparing,
    trades,
)
from lingyu.community.pact.screening.classifier.training import Plan, TooLittle, train
from lingyu.community.pact.screening.normalise import Views

from .making import made

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def learnt():
    return train(made(60), Plan(count=3))


def test_what_was_learnt_is_known_again_in_texts_that_were_not_seen(learnt):
    model, _ = learnt
    right = 0
    for example in (fresh := made(30, seed=99)):
        best = model.answers(Views(example.text))[0]
        right += ({best.clause} if best.margin > 0 else set()) == set(example.labels)
    assert right >= 0.95 * len(fresh)


def test_the_held_out_figures_are_those_of_a_table_counted_by_hand():
    truth, found = np.array([0, 0, 0, 1, -1, -1]), np.array([0, 0, -1, 0, -1, 1])
    gambling, insult, fine = qualities(truth, found, ["1.8", "2", "ok"])
    assert (gambling.precision, gambling.recall, gambling.f1) == (2 / 3, 2 / 3, 2 / 3)
    assert (insult.precision, insult.recall, insult.f1, insult.count) == (0, 0, 0, 1)
    assert (fine.precision, fine.recall) == (1 / 2, 1 / 2)


def test_near_duplicates_and_groups_never_stand_in_two_folds():
    spam = [Example(f"加微信领红包每天稳赚三百元不封号{n}", frozenset({"3.1"})) for n in range(20)]
    thread = [
        Example(text, frozenset(), group="thread") for text in ("早上好", "吃了吗", "还没有呢", "走吧走吧")
    ]
    others = made(20)
    examples = [*spam, *thread, *others]
    found = folds(examples, tabulate(examples).pairs, 5, seed=3)
    assert len(set(found[:20].tolist())) == 1
    assert len(set(found[20:24].tolist())) == 1
    assert set(found.tolist()) == {0, 1, 2, 3, 4}


def test_labels_shuffled_at_random_are_not_learnt():
    examples = [e for e in made(80) if "1.8" not in e.labels]
    random = np.random.default_rng(0)
    shuffled = [Example(e.text, frozenset({"2.6"} if random.random() < 0.5 else ())) for e in examples]
    _, report = train(shuffled, Plan(count=3))
    assert report.accuracy < 0.65


def test_the_same_seed_gives_the_same_bytes(learnt):
    again, _ = train(made(60), Plan(count=3))
    assert packed(again) == packed(learnt[0])


def test_without_anything_in_order_or_with_too_few_texts_nothing_is_learnt():
    with pytest.raises(TooLittle):
        train([e for e in made(10) if e.labels], Plan(count=2))
    with pytest.raises(TooLittle):
        train([*made(3)], Plan(count=2))


def test_thresholds_favour_the_rare_class_where_macro_f1_asks_for_it():
    odds = np.concatenate([np.full((10, 1), -1.0), np.full((90, 1), -3.0)])
    truth = np.concatenate([np.zeros(10, int), np.full(90, -1)])
    limits = choose(odds, truth, np.ones(100))
    assert (decide(odds, limits) == truth).all()


def test_clean_texts_are_let_go_where_it_costs_the_smallest_part_of_the_hits():
    # Two columns find one clean text each: the first would lose two hits of four, the second one of four.
    odds = np.array(
        [
            [4, -9],
            [3, -9],
            [2, -9],
            [1, -9],
            [-9, 4],
            [-9, 3],
            [-9, 2],
            [-9, 1],
            [2.5, -9],
            [-9, 1.5],
            [-9, -9],
        ]
    )
    within = [np.arange(11) < 4, (np.arange(11) >= 4) & (np.arange(11) < 8)]
    clean, limits = np.arange(11) >= 8, np.zeros(2)
    assert sparing(odds, within, limits, clean, 0.7).tolist() == [0, 0]
    assert sparing(odds, within, limits, clean, 0.4).tolist() == [0, 1.5]
    assert sparing(odds, within, limits, clean, 0).tolist() == [2.5, 1.5]
    told = {trade.most: trade for trade in trades(odds, within, limits, clean)}
    assert (told[1.0].found, told[1.0].recall) == (2 / 3, 1)
    assert (told[0.001].found, told[0.001].recall) == (0, 5 / 8)


def test_a_label_set_apart_has_a_head_of_its_own_and_clean_texts_are_found_as_rarely_as_was_asked():
    examples = [
        Example(e.text, frozenset({"2.7"}) if e.labels and n % 2 else e.labels, clean=not e.labels)
        for n, e in enumerate(made(60))
        if "1.8" not in e.labels
    ]
    together, _ = train(examples, Plan(count=3))
    apart, report = train(examples, Plan(count=3, apart=frozenset({"2.7"}), found_at_most=0.0))
    assert [h.name for h in together.heads if not h.parent] == ["2"]
    assert [h.name for h in apart.heads if not h.parent] == ["2", "2.7"]
    assert report.clean_found == apart.about["clean_found"] == 0


def test_blocking_needs_precision_that_is_sure_and_not_only_seen():
    odds = np.linspace(5, -5, 400)
    assert blocking(odds, odds > 0) < 1
    few = np.linspace(5, -5, 20)
    assert blocking(few, few > 0) > 1
    one_in_ten_wrong = (np.arange(400) % 10 != 0) & (odds > 0)
    assert blocking(odds, one_in_ten_wrong) > 1


def test_a_few_labels_go_further_on_top_of_an_earlier_model(learnt):
    fresh = made(100, seed=7)
    few = [*fresh[:4], *fresh[100:104], *fresh[200:204]]
    few = [Example(e.text, e.labels) for e in few for _ in range(1)] + made(4, seed=8)

    def right(model):
        test = made(60, seed=11)
        answers = [model.answers(Views(e.text))[0] for e in test]
        return sum(
            ({a.clause} if a.margin > 0 else set()) == set(e.labels)
            for a, e in zip(answers, test, strict=True)
        )

    alone, _ = train(few, Plan(count=2))
    built, _ = train(few, Plan(count=2, prior=learnt[0]))
    assert built.about["built_on"] == learnt[0].version
    assert right(built) >= right(alone)
    assert right(built) >= 170
