"""The balance in the header of every page of the site.

Holds one part of the frame.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.ledger.reads import balance
from lingyu.look.parts import part


@part("header", order=10)
def feather_balance(request: HttpRequest) -> str:
    """What a member has to spend; nothing for visitors."""
    if not request.user.is_authenticated:
        return ""
    return render_to_string("feathers/chip.html", {"balance": balance(request.user.id)}, request)
