"""Members and roles in Django's admin: to look at, and to change only through the actions."""

from django import forms
from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import ROLES

from . import actions
from .models import DataExport, Erasure, Member, RoleGrant


def _roles() -> list[tuple[str, str]]:
    return [(role.code, role.label(get_language() or "en")) for role in ROLES.values()]


class ReadMostly(admin.ModelAdmin):
    """Every field is for reading; nothing is deleted, because what happened stays known."""

    def get_readonly_fields(self, request, obj=None):
        """All fields of a row that exists."""
        return [f.name for f in self.model._meta.fields if f.name != "password"] if obj else []

    def has_delete_permission(self, request, obj=None):
        """No one deletes rows here."""
        return False


@admin.register(Member)
class MemberAdmin(ReadMostly):
    """Members: found by name, closed and reopened by action."""

    list_display = ["username", "pen_name", "email", "joined_at", "last_login", "is_active"]
    list_filter = ["is_active", "joined_at"]
    search_fields = ["username", "pen_name", "email"]
    exclude = ["password"]
    actions = ["close", "reopen"]

    def has_add_permission(self, request):
        """Members come by signing up, or by `lingyu member`."""
        return False

    @admin.action(description=_("Close the selected accounts"))
    def close(self, request, members):
        """Close accounts, one's own excepted: nobody locks themselves out by a slip."""
        for member in members.exclude(id=request.user.id):
            actions.close_account(actor=request.user, member=member)

    @admin.action(description=_("Reopen the selected accounts"))
    def reopen(self, request, members):
        """Open closed accounts again."""
        for member in members:
            actions.reopen_account(actor=request.user, member=member)


class GrantForm(forms.ModelForm):
    """Whom to grant which of the known roles."""

    role = forms.ChoiceField(label=_("role"), choices=_roles)

    class Meta:
        model = RoleGrant
        fields = ["member", "role"]


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadMostly):
    """Roles: granted by adding, taken back by action."""

    form = GrantForm
    list_display = ["member", "role", "granted_at", "granted_by", "revoked_at", "revoked_by"]
    list_filter = ["role", ("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["member", "granted_by", "revoked_by"]
    search_fields = ["member__username", "member__pen_name"]
    autocomplete_fields = ["member"]
    actions = ["revoke"]

    def save_model(self, request, obj, form, change):
        """Grant through the action, so that who, when and the fact are recorded."""
        obj.pk = actions.grant_role(actor=request.user, member=obj.member, role=obj.role).pk

    @admin.action(description=_("Take the selected roles back"))
    def revoke(self, request, grants):
        """Revoke through the action."""
        for grant in grants.standing().select_related("member"):
            actions.revoke_role(actor=request.user, member=grant.member, role=grant.role)


class OnlyRead(ReadMostly):
    """Rows that the worker looks after: an administrator sees how far they have come, and why not further."""

    list_select_related = ["member"]
    search_fields = ["member__id"]

    def has_add_permission(self, request):
        """Members ask for themselves."""
        return False


@admin.register(DataExport)
class DataExportAdmin(OnlyRead):
    """Copies that members asked for."""

    list_display = ["member", "asked_at", "attempts", "parts_done", "parts", "done_at", "failed_at"]


@admin.register(Erasure)
class ErasureAdmin(OnlyRead):
    """Erasures: those that stand still say what stands in their way."""

    list_display = ["member", "asked_at", "due_at", "begun_at", "stopped_by", "done_at", "cancelled_at"]
