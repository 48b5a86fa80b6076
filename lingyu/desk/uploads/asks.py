"""What an importer asks for beside the file: the questions of the upload form.

An importer's command names them with a method `asks()`; each is an option of its command line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from lingyu.kernel.operations import Importer, Operation

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question: the option `--name`, what people call it, and what may be answered.

    `choices` are (value, label) pairs, the only answers; `suggestions` help whoever types.
    """

    name: str
    label: str
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    value: str = ""


class WrongAnswer(ValueError):
    """An answer that the form does not take; the message is in the reader's language."""


def importer_of(operation: Operation, code: str) -> Importer | None:
    """The operation's importer called `code`."""
    return next((i for i in operation.importers if i.code == code), None)


def asks_of(importer: Importer) -> tuple[Ask, ...]:
    """The questions of this importer, in the reader's language; () when it has none."""
    asks = getattr(import_string(importer.command)(), "asks", None)
    return tuple(asks()) if asks else ()


def answers(asks: Iterable[Ask], given: Mapping[str, str]) -> dict[str, str]:
    """{option: answer} of what was answered. Raises WrongAnswer."""
    found = {}
    for ask in asks:
        value = given.get(ask.name, "").strip()
        if not value and ask.required:
            raise WrongAnswer(_("“%(name)s” is missing.") % {"name": ask.label})
        if len(value) > LONGEST or any(ord(c) < 32 for c in value):
            raise WrongAnswer(
                _("“%(name)s” is too long, or has signs in it that can't be seen.") % {"name": ask.label}
            )
        if value and ask.choices and value not in {code for code, _label in ask.choices}:
            raise WrongAnswer(
                _("“%(value)s” can't be chosen for “%(name)s”.") % {"value": value, "name": ask.label}
            )
        if value:
            found[ask.name] = value
    return found
