"""The demo, loaded once for all hostile tests, in one transaction that is undone after the last of them."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.config import demo
from lingyu.store.engines import engine
from tests.house.test_access import ours

from .walking import Walk, walk

# Who sends what: each form is tried by the first of them who is offered it.
PEOPLE = (None, "luren", "xiaoxi", "dapeng", "aque")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All of them share the demo, and so one worker."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("hostile"))


@pytest.fixture(scope="module")
def house(quiet, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The database with the whole demo in it, and an event store beside it."""
    from django.conf import settings

    kept, settings.LINGYU_STORE = settings.LINGYU_STORE, tmp_path_factory.mktemp("store")
    engine.cache_clear()
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        # As the tests of Django do it: what insists on a transaction of its own still may.
        whole._from_testcase = True
        whole.__enter__()
        try:
            for part in demo.parts():
                demo.import_module(f"{part}.demo").load(timezone.now())
            demo.ship_all()
            for member in Member.objects.all():
                mail = f"member-{member.id.hex[-6:]}@example.org"
                EmailAddress.objects.create(user=member, email=mail, verified=True, primary=True)
            yield
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
    settings.LINGYU_STORE = kept
    engine.cache_clear()


@pytest.fixture(scope="module")
def walks(house) -> dict[str | None, Walk]:
    """The walk of each person through the demo as it was loaded."""
    return walked()


@pytest.fixture
def untouched(walks, db) -> None:
    """The demo; what a test writes is undone."""
    cache.clear()


@pytest.fixture(autouse=True)
def no_processes(monkeypatch):
    """A form may start a run of an import; here none is."""
    monkeypatch.setattr("lingyu.desk.uploads.runs.spawn", lambda *args: None)


@pytest.fixture(scope="module")
def quiet():
    """What is refused is judged by the tests; a line in the log for each would bury what they say."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def browser(name: str | None, language: str = "en") -> Client:
    """A browser of one of the demo's people, or of a visitor."""
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    if name:
        client.force_login(Member.objects.get(username=name))
        # As after typing the password a moment ago: pages that ask for it again are walked too.
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = client.session["_auth_user_id"]
        session.save()
    return client


def seeds() -> list[str]:
    """Every address that names nothing: what no page links to is walked all the same."""
    return ["/", *("/" + route for route, _ in ours() if not set("<^(") & set(route))]


def walked(language: str = "en") -> dict[str | None, Walk]:
    """The walk of each person through the house as it stands."""
    return {name: walk(browser(name, language), name or "nobody", seeds()) for name in PEOPLE}
