"""Members, and the roles they have been granted.

Holds state and its reading. Does not write: `actions` is the only writer, except for a member's
password and last log-in, which Django and allauth keep themselves.
"""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import ADMINISTER, ADMINISTRATOR, MEMBER, PERMISSIONS, PUBLIC, ROLES
from lingyu.kernel.ids import uuid7
from lingyu.store.prepared import Prepared

# No "@": what is typed at log-in is then either a name or an address, never both.
USERNAME = RegexValidator(
    r"^\w[\w.-]*\Z",
    _("Use letters (of any script), digits, “.”, “-” and “_”, and begin with a letter or digit."),
)


class MemberQuerySet(models.QuerySet):
    """Members, as adjectives."""

    def active(self):
        """Not closed: may log in."""
        return self.filter(is_active=True)

    def holding(self, role: str):
        """Active members who hold the role with this code now."""
        return self.active().filter(grants__role=role, grants__revoked_at__isnull=True)

    def who_may(self, permission: str):
        """Active members with a role that gives `permission`; nobody holds what everybody may."""
        roles = [code for code, role in ROLES.items() if permission in role.permissions]
        held = RoleGrant.objects.standing().filter(member=OuterRef("pk"), role__in=roles)
        return self.active().filter(Exists(held))


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    """Finds members. Makes none: `actions.join` does, so that the fact is recorded too."""


class Member(AbstractBaseUser):
    """A person with an account: reader, author, moderator or operator by the roles granted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(
        _("username"), max_length=30, unique=True, validators=[MinLengthValidator(2), USERNAME]
    )
    # As long as the sign-up form takes, so that what it took can be saved.
    email = models.EmailField(_("e-mail"), max_length=320, blank=True)
    pen_name = models.CharField(_("pen name"), max_length=40, blank=True)
    bio = models.CharField(_("about me"), max_length=300, blank=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    is_active = models.BooleanField(_("active"), default=True)
    # In which mails and pages are written for them; empty until they have chosen or logged in.
    language = models.CharField(_("language"), max_length=10, blank=True)
    exact_times = models.BooleanField(_("exact times"), default=False)
    # What the username looks like (`names.skeleton`), so that no second one is mistaken for it.
    name_key = models.CharField(max_length=120, blank=True, db_index=True, editable=False)
    # The row outlives its person, because ledgers and facts name its id.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    objects = MemberManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        # `unique` above is what Django asks of a username; this one also sees that “Bo” and “bo” are one.
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="member_username_once",
                violation_error_message=_("Someone already has this name. Choose another."),
            )
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        """The pen name, or the username of a member who has none; of an erased member neither."""
        if self.erased_at:
            return gettext("Erased member")
        return self.pen_name or self.username

    @property
    def key(self) -> str:
        """The member as facts name them: `person` and `actor` of an event."""
        return str(self.id)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held now. `member` comes with the account; read once a request."""
        if not self.is_active:
            return frozenset()
        return frozenset({MEMBER.code, *ROLES_HELD.ask(member=self.id)})

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Codes of everything this member may do now; an administrator may do all there is."""
        if ADMINISTRATOR.code in self.roles:
            return frozenset(PERMISSIONS)
        return frozenset({PUBLIC}).union(*(ROLES[r].permissions for r in self.roles if r in ROLES))

    def may(self, permission: str) -> bool:
        """Whether this member has `permission`; KeyError for a code that nobody declared."""
        return PERMISSIONS[permission].code in self.permissions

    def forget_permissions(self) -> None:
        """Read the roles again at the next question, after a grant has changed."""
        for name in ("roles", "permissions"):
            self.__dict__.pop(name, None)

    # What Django's admin asks of a user; it knows no finer permission than the whole house.
    @property
    def is_staff(self) -> bool:
        """Whether the member may enter Django's admin."""
        return self.may(ADMINISTER)

    def has_perm(self, perm: str, obj=None) -> bool:
        """Django's own question about a model permission: administrators only."""
        return self.may(ADMINISTER)

    def has_module_perms(self, app_label: str) -> bool:
        """Django's own question about an app: administrators only."""
        return self.may(ADMINISTER)


class Visitor(AnonymousUser):
    """Someone who has not logged in, and may read what is public."""

    display_name = ""

    def may(self, permission: str) -> bool:
        """Whether everybody has `permission`; KeyError for a code that nobody declared."""
        return PERMISSIONS[permission].code == PUBLIC


class RoleGrantQuerySet(models.QuerySet):
    """Grants, as adjectives."""

    def standing(self):
        """Granted and not revoked."""
        return self.filter(revoked_at__isnull=True)


class RoleGrant(models.Model):
    """That a member holds a role: who granted it and when, who took it back and when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="grants", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=40)
    granted_at = models.DateTimeField(_("granted"))
    granted_by = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"], condition=models.Q(revoked_at__isnull=True), name="role_held_once"
            )
        ]

    def __str__(self):
        return f"{self.member} · {self.role}"


# Asked at every request of a member.
ROLES_HELD = Prepared(
    lambda member: RoleGrant.objects.standing().filter(member=member).values_list("role", flat=True)
)
