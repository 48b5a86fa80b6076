"""`lingyu member NAME`: open an account or find it, grant roles, set the password."""

import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from lingyu.community.accounts import actions
from lingyu.community.accounts.models import Member
from lingyu.kernel.access import ROLES


class Command(BaseCommand):
    """Opens an account, or adds roles and a password to one that exists."""

    help = "Open an account (or find it), grant it roles and set its password."

    def add_arguments(self, parser):
        """NAME, --email, --role (repeatable), --revoke (repeatable), --password-stdin."""
        parser.add_argument("name", help="username: letters of any script, digits, . - _")
        parser.add_argument("--email", default="")
        repeatable = {"action": "append", "default": [], "choices": sorted(ROLES), "help": "may be repeated"}
        parser.add_argument("--role", **repeatable)
        parser.add_argument("--revoke", **repeatable)
        parser.add_argument("--password-stdin", action="store_true", help="read it from standard input")

    def handle(self, *, name, email, role, revoke, password_stdin, **options):
        """Do all of it, or nothing."""
        password = sys.stdin.readline().rstrip("\n") if password_stdin else None
        try:
            with transaction.atomic():
                member, new = self._found(name, email)
                self._set_password(member, password)
                for code in role:
                    actions.grant_role(actor=None, member=member, role=code)
                for code in revoke:
                    actions.revoke_role(actor=None, member=member, role=code)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        text = _("%(name)s joined; roles: %(roles)s") if new else _("%(name)s was here; roles: %(roles)s")
        self.stdout.write(text % {"name": member.username, "roles": ", ".join(sorted(member.roles))})

    def _found(self, name: str, email: str) -> tuple[Member, bool]:
        if member := Member.objects.filter(username__iexact=Member.normalize_username(name)).first():
            return member, False
        return actions.join(actor=None, username=name, email=email), True

    def _set_password(self, member: Member, password: str | None) -> None:
        if password is not None:
            validate_password(password, member)
            actions.set_password(actor=None, member=member, password=password)
