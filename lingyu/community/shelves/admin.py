"""Shelves in Django's admin: what columns are about."""

from django.contrib import admin

from . import actions
from .models import About


@admin.register(About)
class AboutAdmin(admin.ModelAdmin):
    """Descriptions, written through the action."""

    list_display = ["column", "zh", "en"]
    list_select_related = ["column"]

    def get_readonly_fields(self, request, obj=None):
        """A description stays with its column."""
        return ["column"] if obj else []

    def save_model(self, request, obj, form, change):
        """Save through the action."""
        actions.describe_column(actor=request.user, column=obj.column, zh=obj.zh, en=obj.en)
