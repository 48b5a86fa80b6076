"""The writing form: words in, arguments of the actions out."""

import re

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .actions import KEYWORDS_LIMIT
from .models import BODY_LIMIT, Article, Column

_LENGTH = {name: Article._meta.get_field(name).max_length for name in ("title", "summary")}


class ColumnChoice(forms.ModelChoiceField):
    """A column, named in the reader's language."""

    def label_from_instance(self, column: Column) -> str:
        """The name as the writer reads it."""
        return column.label(get_language() or "en")


class ArticleForm(forms.Form):
    """What a writer fills in."""

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
        max_length=BODY_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "class": "manuscript"}),
        help_text=_("Markdown: ## heading, **bold**, - list, > quote, tables with |."),
    )

    def clean_keywords(self) -> list[str]:
        """The words, however they were separated."""
        return [w for w in re.split(r"[,，、;；\s]+", self.cleaned_data["keywords"]) if w]

    @classmethod
    def of(cls, article: Article) -> "ArticleForm":
        """The form as it stands for an article that exists."""
        words = ", ".join(k.word for k in article.keywords.all())
        return cls(
            initial={
                "title": article.title,
                "summary": article.summary,
                "column": article.column_id,
                "keywords": words,
                "body": article.body,
            }
        )
