"""The questions of an upload form."""

import pytest

from lingyu.desk.uploads.asks import Ask, WrongAnswer, answers, asks_of
from lingyu.kernel.operations import OPERATIONS

ASKS = (
    Ask(name="shop", label="Shop", required=True),
    Ask(name="format", label="Format", choices=(("auto", "Auto"), ("jd", "JD"))),
)


def test_answers_are_trimmed_and_empty_ones_left_out():
    assert answers(ASKS, {"shop": " Plume ", "format": "", "else": "x"}) == {"shop": "Plume"}


@pytest.mark.parametrize(
    "given", [{}, {"shop": "  "}, {"shop": "a\nb"}, {"shop": "x" * 201}, {"shop": "a", "format": "exe"}]
)
def test_a_wrong_answer_is_refused(given):
    with pytest.raises(WrongAnswer, match="Shop|Format"):
        answers(ASKS, given)


@pytest.mark.parametrize(
    "importer", [i for o in OPERATIONS.values() for i in o.importers], ids=lambda i: i.code
)
def test_every_importer_asks_for_options_that_its_command_knows(importer, db):
    from argparse import ArgumentParser

    from django.utils.module_loading import import_string

    parser = ArgumentParser()
    import_string(importer.command)().add_arguments(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    assert {f"--{ask.name}" for ask in asks_of(importer)} <= known
