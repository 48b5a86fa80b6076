"""The way to the search in the header of every page of the site.

Holds one part of the frame.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.look.parts import part


@part("header", order=5)
def search_box(request: HttpRequest) -> str:
    """A box to type into on wide screens, a link on narrow ones."""
    return render_to_string("search/box.html", {"typed": request.GET.get("q", "")[:100]}, request)
