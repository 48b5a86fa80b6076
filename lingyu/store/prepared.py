"""Questions to the database that are worked out once a process, and asked with many values.

Django builds the SQL of a queryset anew each time, which takes several times as long as SQLite takes to
answer it by an index. A page that is asked for all day long prepares its questions instead: they are
written as querysets all the same, with `Given` values where each asking has its own. Holds no question.
"""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateTimeField, Expression, QuerySet, UUIDField

# How a value reaches the database, where that is another way than Python has it.
_FIELDS = {UUID: UUIDField(), datetime: DateTimeField()}
# Of one question; a form is a page's number or the like, and nobody may fill the memory with those.
_FORMS = 64


class Given(Expression):
    """The place in a question of a value that is named only when it is asked."""

    def __init__(self, name: str, number: int | None = None):
        super().__init__()
        self.name, self.number = name, number

    def as_sql(self, compiler, connection):
        """A placeholder, with itself as its value until there is one."""
        return "%s", [self]

    def taken(self, values: dict, connection):
        """Its value among `values`, as the database takes it."""
        value = values[self.name] if self.number is None else values[self.name][self.number]
        field = _FIELDS.get(type(value))
        return field.get_db_prep_value(value, connection) if field else value


class Prepared:
    """One question: `build(*form, **given)` makes its queryset, `ask(*form, **values)` gives its rows.

    What is in `form` makes another question of it, as do the names that are given and the length of a list;
    each is worked out once. `given` are ids, moments, numbers, words and lists of them, never None.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build
        self._kept: dict[tuple, tuple] = {}

    def ask(self, *form, **values) -> list:
        """The rows: model instances, or what `.values()` and `.values_list()` give."""
        connection = connections[DEFAULT_DB_ALIAS]
        queryset, compiler, sql, params = self._worked_out(connection.vendor, form, values)
        if sql is None:
            return []
        filled = tuple(p.taken(values, connection) if isinstance(p, Given) else p for p in params)
        # A copy for this asking: another thread may be asking the same at this moment, on its own connection.
        compiler, query = copy(compiler), copy(compiler.query)
        compiler.connection, compiler.as_sql = connection, lambda: (sql, filled)
        query.get_compiler = lambda *_args, **_kwargs: compiler
        # All that Django's own iterables read of a queryset; they make the rows as for any other.
        asked = SimpleNamespace(
            db=DEFAULT_DB_ALIAS,
            query=query,
            model=queryset.model,
            _fields=queryset._fields,
            _known_related_objects={},
        )
        return list(queryset._iterable_class(asked))

    def first(self, *form, **values):
        """The first row, or None; a queryset that has more of them says itself that it wants one (`[:1]`)."""
        return next(iter(self.ask(*form, **values)), None)

    def _worked_out(self, vendor: str, form: tuple, values: dict) -> tuple:
        shape = tuple((name, len(v) if isinstance(v, list) else None) for name, v in values.items())
        key = (vendor, form, shape)
        if (found := self._kept.get(key)) is None:
            if len(self._kept) >= _FORMS:
                self._kept.clear()
            given = {
                name: [Given(name, n) for n in range(len(v))] if isinstance(v, list) else Given(name)
                for name, v in values.items()
            }
            found = self._kept[key] = _worked_out(self._build(*form, **given))
        return found


def _worked_out(queryset: QuerySet) -> tuple:
    """The queryset with its compiler, which has the columns, the SQL and the parameters."""
    if queryset._prefetch_related_lookups:
        raise TypeError("a prepared question fetches nothing beside its rows")
    compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        return queryset, compiler, *compiler.as_sql()
    except EmptyResultSet:
        return queryset, compiler, None, ()
