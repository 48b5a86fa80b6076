"""Who is asking: a member or a visitor, either of whom answers `.may()`."""

from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Member, Visitor


def asking(request: HttpRequest) -> Member | Visitor:
    """The member of this session, or a visitor."""
    user = get_user(request)
    return user if user.is_authenticated else Visitor()


class MemberMiddleware(AuthenticationMiddleware):
    """Django's, but whoever is not logged in is a `Visitor` and answers for permissions too."""

    def process_request(self, request):
        """Put the person on the request, found when first asked for."""
        request.user = SimpleLazyObject(lambda: asking(request))
