"""A member's favourites: the list with its folders, the search in it, and the file to take home."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingyu.kernel.access import SIGNED_IN, access
from lingyu.store.sheets import Column, to_csv

from .. import actions
from ..forms import FolderForm
from ..models import Favourite, Folder

PAGE = 20


@access(SIGNED_IN)
@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    """What one keeps: all of it, of one folder, or with these words in the title or the note."""
    typed, asked = request.GET.get("q", "").replace("\0", "")[:100], request.GET.get("folder", "")
    folders = Folder.objects.filter(member=request.user).annotate(kept=Count("favourites"))
    folder = next((f for f in folders if str(f.id) == asked), "none" if asked == "none" else None)
    mine = Favourite.objects.of(request.user)
    found = mine.filed(folder.id if isinstance(folder, Folder) else folder).titled(typed).with_article()
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "folders": folders,
        "folder": folder,
        "typed": typed,
        "total": mine.count(),
        "loose": mine.filed("none").count(),
    }
    return render(request, "favourites/shelf.html", context)


@access(SIGNED_IN)
@require_POST
def make_folder(request: HttpRequest) -> HttpResponse:
    """Make a folder and open it."""
    try:
        made = actions.make_folder(actor=request.user, name=request.POST.get("name", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("favourites")
    return redirect(f"{request.path.removesuffix('folders/')}?folder={made.id}")


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def folder(request: HttpRequest, id: UUID) -> HttpResponse:
    """Rename a folder; the page also asks before one is deleted."""
    own = get_object_or_404(Folder.objects.annotate(kept=Count("favourites")), id=id, member=request.user)
    form = FolderForm(request.POST or None, initial={"name": own.name})
    if form.is_valid():
        try:
            actions.rename_folder(actor=request.user, folder=own, **form.cleaned_data)
            return redirect("favourites")
        except ValidationError as error:
            form.add_error("name", error)
    return render(request, "favourites/folder.html", {"folder": own, "form": form})


@access(SIGNED_IN)
@require_POST
def delete_folder(request: HttpRequest, id: UUID) -> HttpResponse:
    """Delete a folder; what lay in it stays."""
    own = get_object_or_404(Folder, id=id, member=request.user)
    actions.delete_folder(actor=request.user, folder=own)
    messages.success(request, _("The folder is deleted. What lay in it is still among your favourites."))
    return redirect("favourites")


@access(SIGNED_IN)
@require_safe
def export_favourites(request: HttpRequest) -> HttpResponse:
    """Everything one keeps, as CSV."""
    columns = [
        Column("title", _("Title")),
        Column("address", _("Link")),
        Column("author", _("Author")),
        Column("folder", _("Folder")),
        Column("note", _("Note for yourself")),
        Column("at", _("Kept since")),
    ]
    rows = Favourite.objects.of(request.user).with_article()
    lines = (_line(request, kept) for kept in rows.iterator(500))
    answer = StreamingHttpResponse(to_csv(columns, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="favourites-{timezone.localdate()}.csv"'
    return answer


def _line(request: HttpRequest, kept: Favourite) -> list:
    article, shown = kept.article, kept.article.is_published
    address = request.build_absolute_uri(article.get_absolute_url()) if shown else ""
    author = article.author.display_name if shown else ""
    return [
        article.title,
        address,
        author,
        kept.folder.name if kept.folder else "",
        kept.note,
        timezone.localtime(kept.at),
    ]
