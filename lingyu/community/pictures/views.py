"""The pages of the pictures: a file for everybody; a writer's own pictures, to add, copy and remove."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingyu.kernel.access import PUBLIC, WRITE_ARTICLE, access

from . import actions, shelf
from .addresses import NAME
from .forms import PictureForm
from .models import Picture
from .refining import BYTES_LIMIT, MEGABYTE

PAGE = 24
_HEADERS = {
    # A name says its content: what was once answered under it stays true.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@access(PUBLIC)
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The file of a picture, to be kept for ever."""
    if not NAME.fullmatch(name):
        raise Http404
    etag = f'"{name}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers=_HEADERS | {"ETag": etag})
    try:
        content = shelf.path_of(name).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, content_type="image/webp", headers=_HEADERS | {"ETag": etag})


@access(WRITE_ARTICLE)
@require_http_methods(["GET", "POST"])
def pictures(request: HttpRequest) -> HttpResponse:
    """A writer's own pictures; a POST adds one. The editor asks for JSON and gets it."""
    form = PictureForm(request.POST or None, request.FILES or None)
    added = _added(request, form) if form.is_valid() else None
    if request.accepts("text/html"):
        if added:
            return redirect("pictures")
        page = Paginator(Picture.objects.by(request.user), PAGE).get_page(request.GET.get("page"))
        context = {"form": form, "page": page, "megabytes": BYTES_LIMIT // MEGABYTE}
        return render(request, "pictures/pictures.html", context)
    if added:
        return JsonResponse({"src": added.address.url, "alt": added.alt})
    return JsonResponse({"error": " ".join(e for errors in form.errors.values() for e in errors)}, status=400)


@access(WRITE_ARTICLE)
@require_POST
def remove(request: HttpRequest, id: UUID) -> HttpResponse:
    """Remove one's own picture."""
    own = get_object_or_404(Picture.objects.by(request.user), id=id)
    try:
        actions.remove_picture(actor=request.user, picture=own)
        messages.success(request, _("The picture is removed."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("pictures")


def _added(request: HttpRequest, form: PictureForm) -> Picture | None:
    """The picture as kept, or None with the reason on the form."""
    upload = form.cleaned_data["picture"]
    try:
        # One byte more than is taken: enough to refuse by, whatever the size.
        data = upload.read(BYTES_LIMIT + 1)
        return actions.add_picture(actor=request.user, data=data, alt=form.cleaned_data["alt"])
    except ValidationError as error:
        form.add_error("picture", error)
        return None
