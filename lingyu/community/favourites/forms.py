"""What members fill in: where a favourite lies and why, and the name of a folder."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member

from .models import NOTE_LIMIT, Favourite, Folder


class FilingForm(forms.Form):
    """A folder, or the name of a new one, and a note."""

    folder = forms.ModelChoiceField(
        Folder.objects.none(), label=_("Folder"), required=False, empty_label=_("In no folder")
    )
    new = forms.CharField(label=_("Or a new folder"), max_length=40, required=False)
    note = forms.CharField(
        label=_("Note for yourself"),
        max_length=NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": NOTE_LIMIT}),
    )

    def __init__(self, data, member: Member, favourite: Favourite):
        super().__init__(data, initial={"folder": favourite.folder_id, "note": favourite.note})
        self.fields["folder"].queryset = Folder.objects.filter(member=member)


class FolderForm(forms.Form):
    """The name of a folder."""

    name = forms.CharField(label=_("Name of the folder"), max_length=40)
