"""What the tests of exports and erasures have in common: someone of whom there is much to know."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from lingyu.community.accounts import actions
from lingyu.community.accounts.jobs import make_exports
from lingyu.community.accounts.models import DataExport, Member
from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.store.deliver import deliver_due

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=7, minutes=1)
PASSWORD = "seven-blue-feathers"
NAME, PEN, MAIL = "kingfisher", "翠鸟先生", "kingfisher@feathers.example"


@pytest.fixture
def home(settings, tmp_path):
    """Exports lie in a folder of the test's own."""
    settings.LINGYU_HOME = tmp_path


@pytest.fixture
def kingfisher(db) -> Member:
    """Someone of whom there is much to know."""
    member = actions.join(
        actor=None, username=NAME, email=MAIL, password=PASSWORD, pen_name=PEN, bio=f"我是{PEN}"
    )
    EmailAddress.objects.create(user=member, email=MAIL, verified=True, primary=True)
    SocialAccount.objects.create(
        user=member, provider="weixin", uid="wx-of-kingfisher", extra_data={"name": PEN}
    )
    actions.grant_role(actor=None, member=member, role="author")
    return member


@pytest.fixture
def traces(kingfisher, xiaoxi, dapeng, luren, client_of) -> dict:
    """What the member left behind in every room: sessions, articles, comments, talk with others."""
    client_of(kingfisher).get("/me/", headers={"user-agent": f"Browser of {NAME}"})
    body = f"## {PEN} 的话\n\n写信给 {MAIL.upper()}。"
    mine = articles.write_article(actor=kingfisher, title=f"{PEN}的文章", body=body, summary=MAIL)
    articles.publish_article(actor=kingfisher, article=mine)
    articles.write_article(actor=kingfisher, title="草稿", body=f"草稿，{MAIL}")
    theirs = articles.write_article(actor=xiaoxi, title="别人的文章", body="别人的话")
    articles.publish_article(actor=xiaoxi, article=theirs)
    said = comments.post_comment(actor=kingfisher, article=theirs, body=f"联系 {MAIL}，署名 {PEN}")
    comments.approve_comment(actor=dapeng, comment=said)
    waits = comments.post_comment(actor=kingfisher, article=theirs, body=f"等审核 {NAME}")
    answer = comments.post_comment(actor=luren, article=theirs, body="回复", parent=said)
    comments.approve_comment(actor=dapeng, comment=answer)
    deliver_due()
    return {"mine": mine, "theirs": theirs, "said": said, "waits": waits}


def made(member: Member) -> DataExport:
    """An export of the member, asked for and made."""
    export = actions.ask_export(actor=member, at=NOW)
    assert make_exports(NOW) == 1
    export.refresh_from_db()
    return export
