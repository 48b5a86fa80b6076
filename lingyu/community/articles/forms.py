"""The forms of writing: words in, arguments of the actions out."""

import re
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .actions import KEYWORDS_LIMIT
from .manuscript import from_editor
from .models import BODY_LIMIT, Article, Column, WorkingCopy
from .timing import moment_of

_LENGTH = {name: Article._meta.get_field(name).max_length for name in ("title", "summary")}


class ColumnChoice(forms.ModelChoiceField):
    """A column, named in the reader's language."""

    def label_from_instance(self, column: Column) -> str:
        """The name as the writer reads it."""
        return column.label(get_language() or "en")


class Bookkeeping(forms.Form):
    """What a writing page remembers between two requests: its copy, its versions, when it was opened."""

    # How the text is written: by hand in Markdown, or as the editor's HTML.
    form_of_body = forms.ChoiceField(
        choices=[("markdown", "Markdown"), ("html", "HTML")], required=False, widget=forms.HiddenInput
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    copy = forms.UUIDField(required=False, widget=forms.HiddenInput)
    copy_version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    opened = forms.FloatField(required=False, widget=forms.HiddenInput)

    def clean_opened(self) -> datetime:
        """The moment at which the page was opened; now, when it says nothing sensible."""
        now, said = timezone.now(), self.cleaned_data["opened"]
        if said is None or not 0 < said < now.timestamp():
            return now
        return datetime.fromtimestamp(said, tz=UTC)

    def markdown_of(self, body: str) -> str:
        """The text as Markdown, whichever way it was written."""
        return from_editor(body) if self.data.get("form_of_body") == "html" else body


class ArticleForm(Bookkeeping):
    """What a writer fills in."""

    # What the door said when it refused the words, in a sentence and in particular.
    refusal: tuple | list = ()
    remarks: tuple | list = ()

    title = forms.CharField(label=_("Title"), max_length=_LENGTH["title"])
    summary = forms.CharField(
        label=_("Summary"),
        max_length=_LENGTH["summary"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences that say what the reader will take away."),
    )
    column = ColumnChoice(
        label=pgettext_lazy("of the site", "Column"),
        queryset=Column.objects.all(),
        required=False,
        empty_label=pgettext_lazy("of the site", "No column"),
    )
    keywords = forms.CharField(
        label=_("Keywords"),
        required=False,
        max_length=200,
        help_text=format_lazy(_("Up to {limit}, separated by commas or spaces."), limit=KEYWORDS_LIMIT),
    )
    body = forms.CharField(
        label=_("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "class": "manuscript"}),
        help_text=_("Markdown: ## heading, **bold**, - list, > quote, tables with |."),
    )
    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=200,
        help_text=_("Stays with this revision, for you alone."),
    )

    def clean_keywords(self) -> list[str]:
        """The words, however they were separated."""
        return [w for w in re.split(r"[,，、;；\s]+", self.cleaned_data["keywords"]) if w]

    def clean_body(self) -> str:
        """The text as Markdown. The page that comes back after a mistake shows it as such."""
        body = self.markdown_of(self.cleaned_data["body"])
        if not body.strip():
            raise ValidationError(self.fields["body"].error_messages["required"], "required")
        if len(body) > BODY_LIMIT:
            message = _("The text has %(length)d characters; at most %(limit)d are taken.")
            raise ValidationError(message % {"length": len(body), "limit": BODY_LIMIT}, "max_length")
        return body

    @property
    def manuscript(self) -> str:
        """The text as Markdown as it stands now, also when something else is amiss."""
        if not self.is_bound:
            return self.initial.get("body", "")
        if "body" in getattr(self, "cleaned_data", {}):
            return self.cleaned_data["body"]
        try:
            return self.markdown_of(self.data.get("body", ""))
        except ValidationError:
            return self.data.get("body", "")

    @property
    def words(self) -> dict:
        """What the actions take."""
        return {k: self.cleaned_data[k] for k in ("title", "summary", "column", "keywords", "body", "note")}

    @classmethod
    def of(cls, article: Article | None, copy: WorkingCopy | None = None) -> "ArticleForm":
        """The form for an article that exists or does not yet, with the words of a working copy if given."""
        first: dict = {"opened": timezone.now().timestamp(), "version": article.version if article else 0}
        if copy:
            first |= {
                "copy": copy.id,
                "copy_version": copy.version,
                "version": copy.rests_on,
                "keywords": copy.keywords,
            }
        elif article:
            first["keywords"] = ", ".join(k.word for k in article.keywords.all())
        if source := copy or article:
            names = ("title", "summary", "body")
            first |= {name: getattr(source, name) for name in names} | {"column": source.column_id}
        return cls(initial=first)


class CopyForm(Bookkeeping):
    """What a window sends by itself while one writes: nothing in it is refused for its length."""

    title = forms.CharField(required=False, strip=False)
    summary = forms.CharField(required=False, strip=False)
    column = forms.ModelChoiceField(queryset=Column.objects.all(), required=False)
    keywords = forms.CharField(required=False, strip=False)
    body = forms.CharField(required=False, strip=False)

    def clean_body(self) -> str:
        """The text as Markdown."""
        return self.markdown_of(self.cleaned_data["body"])

    @property
    def arguments(self) -> dict:
        """What `keep_copy` takes."""
        said = self.cleaned_data
        words = {k: said[k] for k in ("title", "summary", "column", "keywords", "body", "copy", "opened")}
        return words | {"version": said["copy_version"] or 0, "rests_on": said["version"] or 0}


class ScheduleForm(forms.Form):
    """A day and an hour in the site's zone."""

    # It stands in the form of the article too, where no time need be chosen.
    use_required_attribute = False

    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def clean(self) -> dict:
        """Both as one moment."""
        said = super().clean()
        if "day" in said and "hour" in said:
            said["moment"] = moment_of(said["day"], said["hour"])
        return said

    @classmethod
    def of(cls, article: Article) -> "ScheduleForm":
        """The form with the time that is chosen, or none."""
        local = timezone.localtime(article.scheduled_for) if article.scheduled_for else None
        return cls(initial={"day": local.date(), "hour": local.time()} if local else {})
