"""Where django-allauth's sign-up and log-in meet our actions."""

from allauth.account.adapter import DefaultAccountAdapter

from . import actions
from .models import Member


class AccountAdapter(DefaultAccountAdapter):
    """Members enter through `actions`, so that the account and its fact commit together."""

    def clean_username(self, username, shallow=False):
        """Normalised first: a name in full-width letters is the same name, and may be taken."""
        return super().clean_username(Member.normalize_username(username), shallow)

    def save_user(self, request, user, form, commit=True):
        """Fill the new member from the sign-up form, and let them in."""
        user = super().save_user(request, user, form, commit=False)
        return actions.admit(actor=None, member=user) if commit else user

    def post_login(self, request, user, **kwargs):
        """Record the log-in, then send the member where they were going."""
        actions.note_sign_in(actor=user)
        return super().post_login(request, user, **kwargs)
