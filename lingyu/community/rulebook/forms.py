"""The form of a new change: what is typed, what is uploaded, and settings, made into one content."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingyu.community.pact import versions
from lingyu.community.pact.screening.deciding.changing import OFF
from lingyu.community.pact.screening.rules import RULES
from lingyu.store.intake.errors import FileRefused

from . import outside, shelf, tables
from .contents import EMPTY

ROWS = 6
ACT_NAMES = {"block": _("refuse"), "review": _("send to review"), "hint": _("count with others")}
OP_NAMES = {
    "add": _("add or change"),
    "withdraw": _("withdraw"),
    "allow": _("allow"),
    "disallow": _("allow no more"),
}


def _clauses() -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(c.code, f"{c.code} {c.label(language)}") for c in versions.in_force().clauses if c.automatic]


def _rules() -> list[tuple[str, str]]:
    language = get_language() or "en"
    pairs = [(rule, code) for rule in RULES for code in rule.clauses]
    words = [
        (f"{r.name} {code}", f"{r.zh if language.startswith('zh') else r.en} · {code}") for r, code in pairs
    ]
    return [("", "–"), *words]


class ChangeForm(forms.Form):
    """A change; `content` after `is_valid`, `complaints` of the table, `report` of a list from outside."""

    title = forms.CharField(label=_("What changes, in a sentence"), max_length=120)
    why = forms.CharField(label=_("Why"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))
    bank = forms.SlugField(label=_("Bank"), max_length=40, initial="site")
    clause = forms.ChoiceField(label=_("Clause, where a row names none"), required=False)
    act = forms.ChoiceField(label=_("What a hit leads to, where a row does not say"), required=False)
    score = forms.FloatField(
        label=_("How sure a hit is, where a row does not say"), min_value=0.01, max_value=1, initial=0.9
    )
    table = forms.FileField(label=_("A table of terms"), required=False)
    outside = forms.BooleanField(label=_("The list comes from outside"), required=False)
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    least = forms.FloatField(label=_("Counts from"), min_value=0, max_value=1, required=False)
    off = forms.BooleanField(label=_("Switch it off"), required=False)
    limited = forms.ChoiceField(label=_("Clause"), required=False)
    review = forms.FloatField(label=_("Review from"), min_value=0.01, max_value=1, required=False)
    block = forms.FloatField(label=_("Refuse from"), min_value=0.01, max_value=1, required=False)
    model = forms.FileField(label=_("Another model"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clauses = [("", "–"), *_clauses()]
        self.fields["clause"].choices = self.fields["limited"].choices = clauses
        self.fields["act"].choices = [(code, ACT_NAMES[code]) for code in ("review", "block", "hint")]
        self.fields["rule"].choices = _rules()
        self.complaints: list[tables.Complaint] = []
        self.report: outside.Report | None = None
        self.content: dict = {}

    @property
    def rows(self) -> list[dict[str, str]]:
        """What was typed into the rows of the table."""
        return [
            {field: (self.data.get(f"{field}-{n}") or "").strip()[:2_000] for field in tables.FIELDS}
            for n in range(ROWS)
        ]

    def clean(self) -> dict:
        """Put everything together; each fault is told beside what it is about."""
        asked = super().clean()
        if self.errors:
            return asked
        content = {key: value.copy() if value else value for key, value in EMPTY.items()}
        for read in (self._typed(asked), self._uploaded(asked)):
            self.complaints += read.complaints
            for key, value in read.content.items():
                content[key] = [*content[key], *value]
        self._settings(asked, content)
        if asked["model"]:
            content["model"] = shelf.keep(asked["model"].read(shelf.LARGEST + 1), asked["model"].name)
        if self.complaints:
            raise ValidationError(_("Nothing was proposed: the table has faults, which stand below."))
        self.content = content
        return asked

    def _defaults(self, asked: dict) -> tables.Defaults:
        return tables.Defaults(asked["clause"], asked["act"] or "review", asked["score"], asked["bank"])

    def _typed(self, asked: dict) -> tables.Read:
        typed = [(n, row) for n, row in enumerate(self.rows, 1) if row["term"]]
        return tables.from_rows(typed, str(_("typed")), versions.in_force().by_code, self._defaults(asked))

    def _uploaded(self, asked: dict) -> tables.Read:
        if not (given := asked["table"]):
            return tables.Read({}, [], 0)
        clauses, defaults = versions.in_force().by_code, self._defaults(asked)
        try:
            if given.size > tables.MOST_BYTES:
                raise ValidationError({"table": _("The file is larger than 8 MB: bring it in parts.")})
            read = tables.from_file(given.read(), given.name[:80], clauses, defaults)
        except FileRefused as error:
            raise ValidationError({"table": error.message}) from error
        if asked["outside"] and not read.complaints:
            self.report = outside.measured(read.content["terms"])
            read.content["terms"] = self.report.kept
        return read

    def _settings(self, asked: dict, content: dict) -> None:
        if asked["rule"]:
            name, _space, code = asked["rule"].partition(" ")
            least = OFF if asked["off"] else asked["least"] or 0.0
            content["rules"] = [{"rule": name, "clause": code, "least": least}]
        if asked["limited"]:
            if asked["review"] is None or asked["block"] is None:
                raise ValidationError({"limited": _("Say both: from where on to review, and to refuse.")})
            content["limits"] = {asked["limited"]: {"review": asked["review"], "block": asked["block"]}}


class WhyForm(forms.Form):
    """A sentence of reasons, as others will read it."""

    why = forms.CharField(label=_("Why"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))


class DrawForm(forms.Form):
    """How many of each stratum are drawn, and by which chance."""

    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=2**31 - 1)
    block = forms.IntegerField(label=_("of what it would refuse"), min_value=0, max_value=1_000)
    review = forms.IntegerField(label=_("of what it would send to review"), min_value=0, max_value=1_000)
    lost = forms.IntegerField(label=_("of what it would let go"), min_value=0, max_value=1_000)
