"""Goals: what the final KPI should reach, and how far along it is.

Holds reading and progress; `actions.set_goal` writes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from lingyu.kernel.metrics import Metric
from lingyu.kernel.operations import Operation
from lingyu.kernel.query import Period, Query
from lingyu.store.query import ask

from .actions import set_goal
from .models import Goal


@dataclass(frozen=True)
class Progress:
    """How a goal stands: `reached` of `target`, and the share of its days that have passed."""

    goal: Goal
    reached: int
    share: float
    elapsed: float

    @property
    def on_course(self) -> bool:
        """Whether the share reached is at least the share of the time gone."""
        return self.share >= self.elapsed


def progress(metric: Metric, currency: str | None, today: date | None = None) -> Progress | None:
    """The goal that covers today, with what has been reached of it so far; None without one."""
    today = today or timezone.localdate()
    goal = Goal.objects.covering(metric.name, today).first()
    if goal is None:
        return None
    query = Query(
        metric=metric.name,
        period=Period(goal.start, goal.end),
        tz=settings.TIME_ZONE,
        currency=goal.currency or currency if "currency" in metric.dimensions() else None,
    )
    reached = int(ask(query).total or 0)
    days = (goal.end - goal.start).days + 1
    return Progress(goal, reached, reached / goal.target, ((today - goal.start).days + 1) / days)


def month_of(day: date) -> Period:
    """The calendar month that includes `day`."""
    start = day.replace(day=1)
    return Period(start, (start + timedelta(32)).replace(day=1) - timedelta(1))


def from_form(request, operation: Operation) -> None:
    """Set this month's goal from the posted amount; tells the person what happened."""
    metric, currency = operation.final, request.POST.get("currency") or settings.LINGYU_CURRENCY
    target = _target(request.POST.get("target", ""), metric, currency)
    if target is None:
        messages.error(request, _("The goal must be a number greater than zero."))
        return
    month = month_of(timezone.localdate())
    try:
        set_goal(
            actor=request.user,
            metric=metric,
            start=month.start,
            end=month.end,
            target=target,
            currency=currency if metric.unit == "money" else "",
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    messages.success(request, _("This month's goal is set."))


def is_ours(request) -> bool:
    """Whether the form's `next` address stays on this site."""
    return url_has_allowed_host_and_scheme(request.POST.get("next"), {request.get_host()})


def _target(text: str, metric: Metric, currency: str) -> int | None:
    try:
        number = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 < number < 10**15:
        return None
    return int(number.scaleb(get_currency_precision(currency))) if metric.unit == "money" else int(number)
