"""Articles in Django's admin: columns to open and rename; articles to look at."""

from django.contrib import admin

from . import actions
from .models import Article, Column


@admin.register(Column)
class ColumnAdmin(admin.ModelAdmin):
    """Columns, opened and renamed through the action."""

    list_display = ["slug", "zh", "en", "position"]

    def get_readonly_fields(self, request, obj=None):
        """The address of a column that exists is in links and facts: it stays."""
        return ["slug"] if obj else []

    def has_delete_permission(self, request, obj=None):
        """Columns stand in facts: they are not deleted."""
        return False

    def save_model(self, request, obj, form, change):
        """Save through the action."""
        obj.pk = actions.open_column(
            actor=request.user, slug=obj.slug, zh=obj.zh, en=obj.en, position=obj.position
        ).pk


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Articles, to look at: writing has its own page."""

    list_display = ["title", "author", "column", "published_at", "retired_at"]
    list_filter = ["column", "published_at"]
    list_select_related = ["author", "column"]
    search_fields = ["title", "author__username", "author__pen_name"]
    date_hierarchy = "published_at"

    def has_add_permission(self, request):
        """Articles begin on the writing page."""
        return False

    def has_change_permission(self, request, obj=None):
        """Articles are changed on the writing page."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Articles are retired, not deleted."""
        return False
