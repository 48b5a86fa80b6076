"""Opening columns."""

from django.db import transaction

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import one_line

from ..models import Column


@transaction.atomic
def open_column(*, actor: Member | None, slug: str, zh: str, en: str, position: int = 0) -> Column:
    """Open a column, or change the names of the one at this address."""
    column = Column.objects.filter(slug=slug).first() or Column(slug=slug)
    column.zh, column.en, column.position = one_line(zh), one_line(en), position
    column.full_clean()
    column.save()
    return column
