"""`lingyu reindex`: make the search index anew from the articles and members that there are."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.search import actions
from lingyu.community.search.models import Document


class Command(BaseCommand):
    """Enter everything again, and forget what is no longer there; may be stopped and run again."""

    help = _("Make the search index anew.")

    def handle(self, *args, **options):
        """Index every article and member, one transaction each."""
        articles = list(Article.objects.published().values_list("id", flat=True))
        members = list(Member.objects.active().values_list("id", flat=True))
        for number, id in enumerate(articles, start=1):
            actions.index_article(actor=None, article=id)
            if number % 500 == 0:
                self.stdout.write(_("%(done)d of %(all)d articles") % {"done": number, "all": len(articles)})
        for id in members:
            actions.index_person(actor=None, member=id)
        there = {*articles, *members}
        for kind, subject in Document.objects.values_list("kind", "subject").iterator():
            if subject not in there:
                actions.forget(actor=None, kind=kind, subject=subject)
        self.stdout.write(
            _("Indexed: %(articles)d articles, %(members)d members.")
            % {"articles": len(articles), "members": len(members)}
        )
