"""The demo's levers: one that is over, one that stands, one too new to tell."""

from datetime import UTC, datetime

import pytest

from lingyu.community import demo as community
from lingyu.community.articles.models import Article
from lingyu.desk.levers import effects
from lingyu.operations.content import demo
from lingyu.operations.content.operation import OPERATION
from lingyu.store.ship import ship_all

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_demo_shows_what_levers_did(empty_store):
    community.load(NOW)
    demo.load(NOW)
    ship_all()
    new, standing, over = effects.lately(OPERATION, NOW.date())
    assert Article.objects.featured().count() == 2
    assert new.after is None
    assert (standing.days, over.days) == (5, 7)
    assert over.after > over.before
    assert (standing.can_undo, over.can_undo) == (True, False)
