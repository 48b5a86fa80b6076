"""Pages of articles that cost the same at the end of a long list as at its beginning.

Holds the paginator only.
"""

from django.core.paginator import Page, Paginator


class Pages(Paginator):
    """Django's, but that a page is found by ids alone, and only its own rows are read with all they show."""

    def page(self, number) -> Page:
        """One page; raises InvalidPage where there is none."""
        page = super().page(number)
        # Else the database would read author, column and text of every article that it skips.
        page.object_list = self.object_list.filter(id__in=page.object_list.values("id"))
        return page
