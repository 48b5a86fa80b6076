"""What members fill in: where a parcel goes.

Holds its form.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions.ordering import ADDRESS


class AddressForm(forms.Form):
    """An address; it is sealed, shown to who packs, and erased some time after the parcel has arrived."""

    name = forms.CharField(label=_("Recipient"), max_length=ADDRESS["name"])
    phone = forms.CharField(label=_("Phone"), max_length=ADDRESS["phone"])
    region = forms.CharField(label=_("Province, city, district"), max_length=ADDRESS["region"])
    street = forms.CharField(label=_("Street and house"), max_length=ADDRESS["street"])
    postcode = forms.CharField(label=_("Postcode"), max_length=ADDRESS["postcode"], required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = {"name": "name", "phone": "tel", "region": "address-level1"}
        wanted |= {"street": "street-address", "postcode": "postal-code"}
        for name, token in wanted.items():
            self.fields[name].widget.attrs["autocomplete"] = token
