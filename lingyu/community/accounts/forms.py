"""The forms of the accounts that are ours; signing up, logging in and passwords are allauth's."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.text import legible

from .models import Erasure, Member
from .names import is_reserved, skeleton

_LENGTH = {name: Member._meta.get_field(name).max_length for name in ("pen_name", "bio")}


class ProfileForm(forms.Form):
    """What a member tells others about themselves, and how the site speaks to them."""

    # What the door said of the words when it refused them.
    remarks: tuple | list = ()

    pen_name = forms.CharField(
        label=_("Pen name"),
        max_length=_LENGTH["pen_name"],
        required=False,
        help_text=_("Shown in place of your username. Leave it empty to be called by your username."),
    )
    bio = forms.CharField(
        label=_("About me"),
        max_length=_LENGTH["bio"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, shown on your author page."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As on this device")), *settings.LANGUAGES],
        required=False,
        help_text=_("Of pages and of mails to you."),
    )
    times = forms.ChoiceField(
        label=_("Times"),
        choices=[("near", _("By distance: 3 hours ago")), ("exact", _("To the minute: 18:40"))],
        required=False,
    )

    def __init__(self, *args, member: Member, **kwargs):
        self.member = member
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, member: Member, sent=None) -> "ProfileForm":
        """The form as the member's account stands, or as it was sent."""
        shown = {
            "pen_name": member.pen_name,
            "bio": member.bio,
            "language": member.language,
            "times": "exact" if member.exact_times else "near",
        }
        return cls(sent, member=member, initial=shown)

    def clean_pen_name(self) -> str:
        """Not a name that speaks for the site, nor another's, nor what is taken for their username."""
        name = " ".join(legible(self.cleaned_data["pen_name"]).split())
        if not name or name == self.member.pen_name:
            return name
        if is_reserved(name):
            raise ValidationError(_("This name is kept for the site itself. Choose another."))
        looks = Q(pen_name__iexact=name) | (Q(name_key=skeleton(name)) if skeleton(name) else Q())
        if Member.objects.filter(looks).exclude(id=self.member.id).exists():
            raise ValidationError(_("This name looks like one that someone already has. Choose another."))
        return name


class ErasureForm(forms.Form):
    """That a member means it, and what becomes of what they wrote."""

    words = forms.ChoiceField(
        label=_("My comments and articles"),
        choices=Erasure.Words.choices,
        widget=forms.RadioSelect,
        initial=Erasure.Words.KEEP,
    )
    name = forms.CharField(label=_("Your username, to be sure"), max_length=150)

    def __init__(self, member: Member, *args, **kwargs):
        self.member = member
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Exactly their own."""
        if Member.normalize_username(self.cleaned_data["name"]) != self.member.username:
            raise ValidationError(_("That is not your username."))
        return self.cleaned_data["name"]
