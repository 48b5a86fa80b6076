"""What can be asked of the search page.

Holds its form; whatever is wrong in an address falls back to the ordinary page.
"""

from django import forms

from .results import LAST


class SearchForm(forms.Form):
    """Words, and how the results are narrowed and ordered."""

    q = forms.CharField(required=False, strip=True)
    column = forms.SlugField(required=False)
    order = forms.ChoiceField(required=False, choices=[("best", "best"), ("newest", "newest")])
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST)

    def narrowed(self) -> dict:
        """Column, order and page, with what stands for nothing said."""
        given = self.cleaned_data
        return {
            "column": given.get("column") or "",
            "order": given.get("order") or "best",
            "page": given.get("page") or 1,
        }
