"""Where django-allauth's sign-up and log-in meet our actions."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import actions, door, greeting
from .habits import speak_to
from .models import Member
from .names import is_reserved, skeleton


class AccountAdapter(DefaultAccountAdapter):
    """Members enter through `actions`, so that the account and its fact commit together."""

    def clean_username(self, username, shallow=False):
        """Normalised first: a name in full-width letters is the same name, and may be taken.

        Names that speak for the site, or that a reader takes for another member's, are refused too.
        """
        username = super().clean_username(Member.normalize_username(username), shallow)
        if is_reserved(username):
            raise ValidationError(_("This name is kept for the site itself. Choose another."))
        if not shallow and Member.objects.filter(name_key=skeleton(username)).exists():
            raise ValidationError(_("This name looks like one that someone already has. Choose another."))
        if not shallow and door.look(kind="nickname", text=username)[0] == "block":
            raise ValidationError(_("This name breaks the community's pact. Choose another."))
        return username

    def pre_authenticate(self, request, **credentials):
        """No name or address is longer than those of members: such a search would break the database's."""
        for name in ("username", "email"):
            if len(credentials.get(name) or "") > Member._meta.get_field(name).max_length:
                raise self.validation_error(f"{name}_password_mismatch")
        super().pre_authenticate(request, **credentials)

    def save_user(self, request, user, form, commit=True):
        """Fill the new member from the sign-up form, and let them in."""
        user = super().save_user(request, user, form, commit=False)
        user.language = get_language() or ""
        return self._let_in(request, user) if commit else user

    @transaction.atomic
    def _let_in(self, request, user):
        actions.admit(actor=None, member=user)
        greeting.joined(request, user)
        return user

    def post_login(self, request, user, **kwargs):
        """Record the log-in, then send the member where they were going."""
        actions.note_sign_in(actor=user)
        answer = speak_to(user, super().post_login(request, user, **kwargs))
        return greeting.signed_in(request, user, answer)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Whom WeChat or Weibo vouches for enters by the same door, with a name of their own choice."""

    def list_apps(self, request, provider=None, client_id=None):
        """Keys come from the environment alone: what lies in the database switches nothing on."""
        found = super().list_apps(request, provider=provider, client_id=client_id)
        return [app for app in found if app.pk is None]

    def is_auto_signup_allowed(self, request, sociallogin):
        """Never: a nickname there is no username here, and nobody becomes a member by a mere click."""
        return False

    def get_signup_form_initial_data(self, sociallogin):
        """Propose the nickname where it would do as a username."""
        told = super().get_signup_form_initial_data(sociallogin)
        name = (
            Member.normalize_username(told.get("username") or "")
            .strip()
            .replace("\0", "")
            .replace(" ", "-")[:30]
        )
        try:
            Member(username=name).clean_fields(exclude=["password"])
            AccountAdapter().clean_username(name)
        except ValidationError:
            name = ""
        return {"username": name, "email": told.get("email") or ""}

    @transaction.atomic
    def save_user(self, request, sociallogin, form=None):
        """Let the member in, and tie the account there to the member here, both or neither."""
        member = sociallogin.user
        member.set_unusable_password()
        AccountAdapter(request).save_user(request, member, form, commit=False)
        actions.admit(actor=None, member=member)
        sociallogin.save(request)
        greeting.joined(request, member)
        return member
