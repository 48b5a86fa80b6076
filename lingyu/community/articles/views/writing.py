"""The pages of writers: the writing page with its preview, publishing, scheduling and retiring."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingyu.community.accounts import door
from lingyu.kernel.access import WRITE_ARTICLE, access
from lingyu.look.differences import differences

from .. import actions
from ..forms import ArticleForm, ScheduleForm
from ..manuscript import to_editor
from ..models import BODY_LIMIT, Article, WorkingCopy
from ..prose import render as render_prose

# Characters that are checked while one still writes; all of them are when the article is sent.
LOOKED_AT = 20_000


@access(WRITE_ARTICLE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin an article: keep it as a draft, publish it at once, or at a time."""
    form = _form(request, None)
    if form.is_valid() and (new := _kept(request, form, None)):
        return _onwards(request, new)
    return _writing_page(request, form, None)


@access(WRITE_ARTICLE)
@require_http_methods(["GET", "POST"])
def edit_article(request: HttpRequest, id: UUID) -> HttpResponse:
    """Go on writing one's own article."""
    own = _own(request, id)
    form = _form(request, own)
    if form.is_valid() and _kept(request, form, own):
        return _onwards(request, own)
    return _writing_page(request, form, own)


@access(WRITE_ARTICLE)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it; nothing is kept. With `editor`, as the editor opens it."""
    form = ArticleForm(request.POST)
    try:
        markdown = form.markdown_of(request.POST.get("body", ""))
        if request.POST.get("wanted") == "markdown":
            return HttpResponse(markdown, content_type="text/plain; charset=utf-8")
        if request.POST.get("wanted") == "editor":
            return HttpResponse(to_editor(markdown[:BODY_LIMIT]))
        context = {"html": render_prose(markdown[:BODY_LIMIT]).html, "error": ""}
    except ValidationError as error:
        context = {"html": "", "error": " ".join(error.messages)}
    return render(request, "articles/preview.html", context)


@access(WRITE_ARTICLE)
@require_POST
def check_article(request: HttpRequest) -> HttpResponse:
    """What the door would say of the words as they stand in the form; nothing is kept."""
    form = ArticleForm(request.POST)
    try:
        text = form.markdown_of(request.POST.get("body", ""))[:LOOKED_AT]
    except ValidationError:
        return HttpResponse(status=204)
    title = request.POST.get("title", "")[:200]
    if not (text.strip() or title.strip()) or not door.may_look(request.user):
        return HttpResponse(status=204)
    decision, remarks = door.look(kind="article", text=text, title=title)
    shown = {"decision": decision, "remarks": remarks, "contest": "contest" in request.POST}
    return render(request, "accounts/remarks_live.html", shown)


@access(WRITE_ARTICLE)
@require_POST
def retire_article(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one's own article off the site, saying why."""
    own = get_object_or_404(Article.objects.by(request.user), id=id)
    try:
        actions.retire_article(actor=request.user, article=own, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("edit_article", own.id)
    messages.success(request, _("“%(title)s” is off the site.") % {"title": own.title})
    return redirect("my_articles")


@access(WRITE_ARTICLE)
@require_POST
def schedule(request: HttpRequest, id: UUID) -> HttpResponse:
    """Choose another time for one's own article, or none."""
    own = _own(request, id)
    if "cancel" not in request.POST:
        _schedule(request, own)
    elif actions.cancel_schedule(actor=request.user, article=own):
        messages.success(request, _("The article stays a draft."))
    return redirect("edit_article", own.id)


def _own(request: HttpRequest, id: UUID) -> Article:
    return get_object_or_404(Article.objects.by(request.user), id=id, retired_at__isnull=True)


def _form(request: HttpRequest, article: Article | None) -> ArticleForm:
    """What was sent; else the words of the working copy that is asked for; else those of the article."""
    if request.method == "POST":
        return ArticleForm(request.POST)
    try:
        asked = UUID(request.GET.get("copy", ""))
    except ValueError:
        return ArticleForm.of(article)
    return ArticleForm.of(article, WorkingCopy.objects.of(request.user, article).filter(id=asked).first())


def _writing_page(request: HttpRequest, form: ArticleForm, article: Article | None) -> HttpResponse:
    """The page with the form, and what else was kept of this article by other windows."""
    manuscript, other = form.manuscript, getattr(form, "saved_meanwhile", None)
    try:
        html = to_editor(manuscript)
    except ValidationError:
        html = ""
    shown = form.cleaned_data.get("copy") if form.is_bound else form.initial.get("copy")
    copies = WorkingCopy.objects.of(request.user, article).exclude(id=shown).defer("body")
    return render(
        request,
        "articles/write.html",
        {
            "form": form,
            "article": article,
            "manuscript": manuscript,
            "editor_html": html,
            "copies": copies[:5],
            "version": other.version if other else form["version"].value(),
            "other": other,
            "rows": differences(other.body, manuscript) if other else [],
            "schedule": ScheduleForm.of(article) if article else ScheduleForm(),
        },
    )


def _kept(request: HttpRequest, form: ArticleForm, article: Article | None) -> Article | None:
    """The article as saved, or None with the reasons on the form."""
    copy = form.cleaned_data["copy"]
    try:
        if article is None:
            return actions.write_article(actor=request.user, copy=copy, **form.words)
        version = form.cleaned_data["version"]
        contest = "contest" in request.POST
        return actions.edit_article(
            actor=request.user, article=article, copy=copy, version=version, contest=contest, **form.words
        )
    except actions.EditConflict as conflict:
        form.add_error(None, conflict)
        form.saved_meanwhile = Article.objects.get(id=article.id)
    except door.Waits as waits:
        messages.info(request, waits.message)
        return article
    except ValidationError as error:
        form.add_error(None, error)
        form.remarks = getattr(error, "remarks", [])
    return None


def _onwards(request: HttpRequest, article: Article) -> HttpResponse:
    """To the article when it is open, back to the writing page when it is a draft."""
    if "publish" in request.POST:
        if refused := _publish(request, article):
            form = ArticleForm.of(article)
            form.refusal, form.remarks = refused.messages, refused.remarks
            return _writing_page(request, form, article)
    elif "schedule" in request.POST:
        _schedule(request, article)
    else:
        messages.success(request, _("Saved."))
    return redirect("article" if article.is_published else "edit_article", article.id)


def _publish(request: HttpRequest, article: Article) -> door.Refused | None:
    """Publish what is saved, and say what came of it; a refusal is given back, to be shown at the words."""
    try:
        contest = "contest" in request.POST
        if actions.publish_article(actor=request.user, article=article, contest=contest):
            messages.success(request, _("Published. Everybody can read it now."))
        else:
            messages.success(request, _("Saved."))
    except door.Waits as waits:
        messages.info(request, waits.message)
    except door.Refused as refused:
        messages.error(request, _("Not published. Your text is kept as a draft."))
        return refused
    except ValidationError as error:
        messages.error(request, " ".join([*error.messages, _("Your text is kept as a draft.")]))
    return None


def _schedule(request: HttpRequest, article: Article) -> None:
    """Choose the time that was sent, and say what came of it; the words are saved either way."""
    form = ScheduleForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError([e for errors in form.errors.values() for e in errors])
        actions.schedule_article(actor=request.user, article=article, moment=form.cleaned_data["moment"])
        messages.success(request, _("The article will be published at the time you chose."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
