"""The comment form, safe against being sent twice; and the removal form with its reasons."""

from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.ids import uuid7

from .models import BODY_LIMIT, Comment
from .reasons import REASONS


class CommentForm(forms.Form):
    """A comment; its hidden id makes a second submit the same comment."""

    # What the door said of the words when it refused them.
    remarks: tuple | list = ()

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    parent = forms.ModelChoiceField(Comment.objects.approved(), required=False, widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Your comment"),
        max_length=BODY_LIMIT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": BODY_LIMIT}),
        error_messages={"max_length": _("At most %(limit_value)d characters; these are %(show_value)d.")},
    )

    @classmethod
    def answering(cls, parent: UUID | None = None) -> "CommentForm":
        """An empty form, below the article or below one of its comments."""
        return cls(initial={"parent": parent})


def _reasons() -> list:
    """The reasons on offer, those of a group together."""
    language, shown, groups = get_language() or "en", [], {}
    for reason in REASONS.offered():
        choice = (reason.code, reason.label(language))
        if reason.group is None:
            shown.append(choice)
        elif (name := reason.group.label(language)) in groups:
            groups[name].append(choice)
        else:
            shown.append((name, groups.setdefault(name, [choice])))
    return shown


class RemovalForm(forms.Form):
    """Why a comment is removed: its author reads both. Takes every known reason, not only those on offer."""

    reason = forms.CharField(label=_("Reason"), max_length=40)
    note = forms.CharField(label=_("A word to the author"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.Select(choices=_reasons())

    def clean_reason(self) -> str:
        """A reason that there is."""
        if (code := self.cleaned_data["reason"]) not in REASONS:
            raise forms.ValidationError(_("Choose a reason: the author will be told."))
        return code
