"""Joining, profile, closing, and roles."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.access import ROLES
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from .. import door
from ..events import (
    AccountClosed,
    AccountReopened,
    LanguageChosen,
    MemberJoined,
    MemberSignedIn,
    PasswordSet,
    ProfileEdited,
    RoleGranted,
    RoleRevoked,
)
from ..models import Member, RoleGrant
from ..names import skeleton


def join(
    *,
    actor: Member | None,
    username: str,
    email: str = "",
    password: str | None = None,
    pen_name: str = "",
    bio: str = "",
    at: datetime | None = None,
) -> Member:
    """Open an account; without a password nobody can log in. ValidationError for a bad or taken name."""
    member = Member(username=username, email=email, pen_name=pen_name, bio=bio)
    member.set_password(password)
    return admit(actor=actor, member=member, at=at)


@transaction.atomic
def admit(*, actor: Member | None, member: Member, at: datetime | None = None) -> Member:
    """Let in a member who has been filled in but not saved, as allauth's sign-up does."""
    member.joined_at = at or timezone.now()
    member.name_key = skeleton(member.username)
    member.full_clean()
    member.save(force_insert=True)
    who = actor.key if actor else member.key
    record(MemberJoined(occurred_at=member.joined_at, person=member.key, actor=who))
    return member


@transaction.atomic
def choose_language(*, actor: Member, language: str, at: datetime | None = None) -> bool:
    """Keep the language in which pages and mails are written for `actor`; False when it was that one."""
    if language not in dict(settings.LANGUAGES):
        raise ValidationError(
            _("The site does not speak “%(language)s”."), params={"language": language[:20]}
        )
    if actor.language == language:
        return False
    actor.language = language
    actor.save(update_fields=["language"])
    record(LanguageChosen(occurred_at=at or timezone.now(), person=actor.key, actor=actor.key))
    return True


@transaction.atomic
def show_times(*, actor: Member, exact: bool) -> bool:
    """Show `actor` moments to the minute, or by their distance; False when that was so already."""
    if actor.exact_times == exact:
        return False
    actor.exact_times = exact
    actor.save(update_fields=["exact_times"])
    return True


@transaction.atomic
def note_sign_in(*, actor: Member, at: datetime | None = None) -> None:
    """Record that a member has logged in."""
    record(MemberSignedIn(occurred_at=at or timezone.now(), person=actor.key, actor=actor.key))


def edit_profile(
    *, actor: Member, pen_name: str, bio: str, contest: bool = False, at: datetime | None = None
) -> Member:
    """Change what others read about the member; the same words again change and record nothing.

    New words pass the door first, and raise what `door.admit` raises.
    """
    pen_name, bio = " ".join(legible(pen_name).split()), legible(bio).strip()
    if (actor.pen_name, actor.bio) == (pen_name, bio):
        return actor
    if pen_name or bio:
        resume = ("accounts.profile", {"pen_name": pen_name, "bio": bio})
        text = "\n".join(part for part in (pen_name, bio) if part)
        subject = f"member:{actor.id}"
        writing = door.Writing("nickname", subject, text, resume=resume, contest=contest)
        door.admit(actor=actor, writing=writing, at=at)
    return show_profile(actor=actor, pen_name=pen_name, bio=bio, at=at)


@door.resumes("accounts.profile")
@transaction.atomic
def show_profile(*, actor: Member, pen_name: str, bio: str, at: datetime | None = None) -> Member:
    """Set what others read about the member, once the door has let it pass."""
    actor.pen_name, actor.bio = pen_name, bio
    actor.full_clean()
    actor.save(update_fields=["pen_name", "bio"])
    record(ProfileEdited(occurred_at=at or timezone.now(), person=actor.key, actor=actor.key))
    return actor


@transaction.atomic
def set_password(*, actor: Member | None, member: Member, password: str, at: datetime | None = None) -> None:
    """Set the password of another's account; sessions opened with the old one end."""
    member.set_password(password)
    member.save(update_fields=["password"])
    who = actor.key if actor else None
    record(PasswordSet(occurred_at=at or timezone.now(), person=member.key, actor=who))


@transaction.atomic
def close_account(*, actor: Member, member: Member, at: datetime | None = None) -> bool:
    """Let a member no longer log in; False when the account was closed already."""
    if not Member.objects.active().filter(id=member.id).update(is_active=False):
        return False
    record(AccountClosed(occurred_at=at or timezone.now(), person=member.key, actor=actor.key))
    return True


@transaction.atomic
def reopen_account(*, actor: Member, member: Member, at: datetime | None = None) -> bool:
    """Let a member log in again; False when the account was open."""
    if not Member.objects.filter(id=member.id, is_active=False).update(is_active=True):
        return False
    record(AccountReopened(occurred_at=at or timezone.now(), person=member.key, actor=actor.key))
    return True


@transaction.atomic
def grant_role(*, actor: Member | None, member: Member, role: str, at: datetime | None = None) -> RoleGrant:
    """Give `member` a role; one already held stays as it is. ValidationError for an unknown role."""
    if role not in ROLES:
        raise ValidationError(
            _("No role is called “%(role)s”; there are: %(known)s."),
            params={"role": role, "known": ", ".join(ROLES)},
        )
    at = at or timezone.now()
    grant, new = RoleGrant.objects.get_or_create(
        member=member, role=role, revoked_at=None, defaults={"granted_by": actor, "granted_at": at}
    )
    if new:
        record(RoleGranted(occurred_at=at, person=member.key, actor=actor.key if actor else None, role=role))
        member.forget_permissions()
    return grant


@transaction.atomic
def revoke_role(*, actor: Member | None, member: Member, role: str, at: datetime | None = None) -> bool:
    """Take a role back; False when the member did not hold it."""
    at = at or timezone.now()
    held = RoleGrant.objects.standing().filter(member=member, role=role)
    if not held.update(revoked_at=at, revoked_by=actor):
        return False
    record(RoleRevoked(occurred_at=at, person=member.key, actor=actor.key if actor else None, role=role))
    member.forget_permissions()
    return True
