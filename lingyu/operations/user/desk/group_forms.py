"""What an operator sets at a group: name and kind, owner, goal, targets, whether a sample is kept, roles.

Holds forms and the calling of actions; what makes sense the actions say.
"""

from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Column
from lingyu.kernel.access import OPEN_DESK
from lingyu.kernel.metrics import METRICS, Count

from .. import actions
from ..models import Group, Membership, Target


def _columns() -> list[tuple[str, str]]:
    language = get_language() or "en"
    columns = [(c.slug, c.zh if language.startswith("zh") else c.en) for c in Column.objects.order_by("slug")]
    return [("", _("none")), *columns]


def _goals() -> list[tuple[str, str]]:
    """Metrics that count what people do."""
    language = get_language() or "en"
    counts = [m for m in METRICS.values() if isinstance(m, Count) and not m.name.startswith("group_")]
    return [("", _("none")), *sorted(((m.name, m.label(language)) for m in counts), key=lambda c: c[1])]


class GroupForm(forms.Form):
    """A new group."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Group.Kind.choices)
    column = forms.ChoiceField(
        label=gettext_lazy("Column of the site"),
        required=False,
        choices=_columns,
        help_text=gettext_lazy(
            "A forum section is fed by what is read and said below this column's articles."
        ),
    )


class AimForm(forms.Form):
    """What the group is for, and what it should reach."""

    goal = forms.ChoiceField(
        label=gettext_lazy("Goal"),
        required=False,
        choices=_goals,
        help_text=gettext_lazy("The metric whose facts members should come to bring about."),
    )
    days = forms.IntegerField(label=gettext_lazy("Within days"), min_value=1, max_value=90, initial=7)
    activity = forms.DecimalField(
        label=gettext_lazy("Activity rate, %"), required=False, min_value=0, max_value=100
    )
    conversion = forms.DecimalField(
        label=gettext_lazy("Conversion rate, %"), required=False, min_value=0, max_value=100
    )
    churn = forms.DecimalField(
        label=gettext_lazy("Churn rate at most, %"), required=False, min_value=0, max_value=100
    )


class OwnerForm(forms.Form):
    """Who looks after the group, and who moderates it."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Owner"), queryset=Member.objects.none(), required=False
    )
    moderators = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Moderators"), queryset=Member.objects.none(), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Member.objects.who_may(OPEN_DESK).order_by("username")
        self.fields["moderators"].queryset = Member.objects.who_may("comment.review").order_by("username")


def standing(group: Group, targets: dict[str, Decimal]) -> dict[str, forms.Form]:
    """The forms as they stand."""
    aims = {kpi: (value * 100).normalize() for kpi, value in targets.items()}
    aims = {kpi: f"{value:f}" for kpi, value in aims.items()}
    return {
        "aim": AimForm(initial={"goal": group.goal, "days": group.goal_days, **aims}),
        "owner": OwnerForm(initial={"owner": group.owner_id, "moderators": group.moderators.all()}),
    }


def open_from(request: HttpRequest) -> Group:
    """Enter the group of a form."""
    form = _valid(GroupForm(request.POST))
    group = actions.open_group(actor=request.user, owner=request.user, **form)
    if group.column:
        actions.feed_section(actor=request.user, group=group)
    return group


def set_from(request: HttpRequest, group: Group, act: str) -> None:
    """Do what was posted to `act`."""
    doing = {"aim": _aim, "owner": _owner, "sampling": _sampling, "role": _role, "close": _close}
    if act not in doing:
        raise Http404(_("There is no such page."))
    doing[act](request, group)


def _aim(request: HttpRequest, group: Group) -> None:
    data = _valid(AimForm(request.POST))
    if (group.goal, group.goal_days) != (data["goal"], data["days"]):
        actions.set_goal(actor=request.user, group=group, goal=data["goal"], days=data["days"])
    known = Target.standing([group.id])
    for kpi in Target.Kpi.values:
        if data[kpi] is not None and known.get((group.id, kpi)) != data[kpi] / 100:
            actions.set_target(actor=request.user, group=group, kpi=kpi, value=data[kpi] / 100)


def _owner(request: HttpRequest, group: Group) -> None:
    data = _valid(OwnerForm(request.POST))
    actions.set_owner(actor=request.user, group=group, owner=data["owner"])
    actions.set_moderators(actor=request.user, group=group, moderators=data["moderators"])


def _sampling(request: HttpRequest, group: Group) -> None:
    actions.set_sampling(actor=request.user, group=group, allowed=request.POST.get("allowed") == "1")


def _role(request: HttpRequest, group: Group) -> None:
    try:
        id = UUID(request.POST.get("stay", ""))
    except ValueError:
        raise Http404(_("There is no such member.")) from None
    stay = get_object_or_404(Membership.objects.select_related("participant"), id=id, group=group)
    actions.change_role(actor=request.user, stay=stay, role=request.POST.get("role", ""))


def _close(request: HttpRequest, group: Group) -> None:
    actions.close_group(actor=request.user, group=group)


def _valid(form: forms.Form) -> dict:
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    return form.cleaned_data
