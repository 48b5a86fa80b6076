"""What makes a message count: the rules as data, in versions; how they would do on the sample; labelling it.

Holds the view and the form; `actions` says what makes sense.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingyu.desk.board import shell
from lingyu.kernel.access import PULL_LEVER
from lingyu.store.explore.lift import wilson

from .. import actions, names
from ..models import Message, RuleVersion, Sample, Terms, standing_rules
from ..models.validity import KINDS

PAGE = 20


class RulesForm(forms.Form):
    """The rules, to be changed."""

    least = forms.IntegerField(label=gettext_lazy("Fewest characters"), min_value=1, max_value=20)
    phrases = forms.CharField(
        label=gettext_lazy("Phrases that say nothing"),
        widget=forms.Textarea(attrs={"rows": 8, "lang": "mul"}),
        required=False,
        help_text=gettext_lazy(
            "One a line. Alone or one after another they do not count; within a sentence they do."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds that count"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=gettext_lazy("Why"), max_length=200)
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = names.kinds()
        self.fields["kinds"].choices = [(kind, words[kind]) for kind in KINDS]

    def terms(self) -> Terms:
        """What was filled in."""
        data = self.cleaned_data
        phrases = dict.fromkeys(line.strip() for line in data["phrases"].splitlines() if line.strip())
        return Terms(data["least"], tuple(phrases), tuple(k for k in KINDS if k in data["kinds"]))


@dataclass(frozen=True)
class Judgement:
    """How rules did on the labelled sample: of what they let count, and of what they refused."""

    valid: int
    valid_right: int
    invalid: int
    invalid_right: int

    @property
    def precision(self) -> float | None:
        """Of the messages that count, the share that people say is right."""
        return self.valid_right / self.valid if self.valid else None

    @property
    def refused_rightly(self) -> float | None:
        """Of the messages that do not count, the share that people say is right."""
        return self.invalid_right / self.invalid if self.invalid else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of the precision, 95 %."""
        return wilson(self.valid_right, self.valid) if self.valid else None


def validity(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """The rules and the sample; `rules` and `label/ID` are posted to."""
    form = _form(request)
    if request.method == "POST":
        if not request.user.may(PULL_LEVER):
            return HttpResponse(status=403)
        if rest.startswith("label/"):
            _label(request, rest.removeprefix("label/"))
            return redirect("desk_page", operation.code, "validity")
        if form.is_valid() and "save" in request.POST and _saved(request, form):
            return redirect("desk_page", operation.code, "validity")
    elif rest:
        raise Http404(_("There is no such page."))
    return render(request, "user/validity.html", shell() | _context(request, operation, form))


def _form(request: HttpRequest) -> RulesForm:
    number, terms = standing_rules()
    initial = {
        "least": terms.least,
        "phrases": "\n".join(terms.phrases),
        "kinds": terms.kinds,
        "expected": number,
    }
    posted = request.method == "POST" and "least" in request.POST
    return RulesForm(request.POST if posted else None, initial=initial)


def _saved(request: HttpRequest, form: RulesForm) -> RuleVersion | None:
    data = form.cleaned_data
    try:
        made = actions.change_rules(
            actor=request.user, terms=form.terms(), expected=data["expected"], note=data["note"]
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    messages.success(
        request, _("Version %(number)d is in force for what comes in.") % {"number": made.number}
    )
    return made


def _label(request: HttpRequest, id: str) -> None:
    try:
        sample = get_object_or_404(Sample.objects.select_related("message"), pk=id)
        actions.label_sample(actor=request.user, sample=sample, label=request.POST.get("label", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def _context(request: HttpRequest, operation, form: RulesForm) -> dict:
    number, terms = standing_rules()
    samples = Sample.objects.select_related("message__group").order_by("label", "-message__at", "message_id")
    page = Paginator(samples.exclude(words=""), PAGE).get_page(request.GET.get("page"))
    labelled = list(samples.exclude(label=""))
    context = {"operation": operation, "form": form, "number": number, "page": page, "why": names.reasons()}
    context |= {
        "kinds": names.kinds(),
        "versions": RuleVersion.objects.select_related("by").order_by("-number"),
    }
    context |= {"standing": _judgement(labelled), "tried": None, "may": request.user.may(PULL_LEVER)}
    context |= {"messages_judged": Message.objects.filter(rule=number).count(), "base": "?page="}
    if form.is_bound and form.is_valid() and form.terms() != terms:
        context["tried"] = _tried(form.terms(), labelled)
    return context


def _judgement(labelled: list[Sample]) -> Judgement:
    """How the rules that judged them did."""
    return _count([(not s.message.why, s.label == Sample.Label.VALID) for s in labelled])


def _tried(terms: Terms, labelled: list[Sample]) -> Judgement:
    """How other rules would do, on the samples whose words are still there."""
    kept = [s for s in labelled if s.words]
    return _count([(terms.judge(s.words).valid, s.label == Sample.Label.VALID) for s in kept])


def _count(pairs: list[tuple[bool, bool]]) -> Judgement:
    valid = [right for counts, right in pairs if counts]
    invalid = [right for counts, right in pairs if not counts]
    return Judgement(len(valid), sum(valid), len(invalid), len(invalid) - sum(invalid))
