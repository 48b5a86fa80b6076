"""Rooms add links to the frame; a reader sees those that lead somewhere for them."""

from types import SimpleNamespace

import pytest

from lingyu.look import ways
from lingyu.look.ways import WAYS, grouped, here, way


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Only the links of a test."""
    monkeypatch.setattr(ways, "WAYS", {})


def reader(*permissions):
    return SimpleNamespace(may=lambda permission: permission in permissions)


def test_links_stand_in_their_order_and_only_for_who_may_follow_them():
    way("mall", "nav", "Mall", order=20)
    way("articles", "nav", "Articles", order=10)
    way("write", "nav", "Write", order=5, permission="article.write")
    assert [w.words for w in ways.ways("nav", reader())] == ["Articles", "Mall"]
    assert [w.words for w in ways.ways("nav", None)] == ["Articles", "Mall"]
    assert [w.words for w in ways.ways("nav", reader("article.write"))] == ["Write", "Articles", "Mall"]
    assert ways.ways("foot", reader()) == []


def test_a_menu_is_parted_where_the_hundreds_change():
    for order in (110, 190, 200):
        way(f"way-{order}", "menu", "x", order=order)
    assert [[w.order for w in group] for group in grouped("menu", reader())] == [[110, 190], [200]]


def test_a_page_lies_on_the_way_that_leads_to_it_and_the_front_page_is_not_everywhere(rf):
    front, mall = way("articles", "nav", "Articles", order=1), way("mall", "nav", "Mall", order=2)
    assert here(rf.get("/mall/x/"), mall) and here(rf.get("/mall/"), mall)
    assert here(rf.get("/"), front) and not here(rf.get("/mall/"), front)


def test_every_link_that_the_rooms_declare_leads_to_a_page(monkeypatch):
    assert {place for place, _ in WAYS} == {"nav", "menu", "foot"}
    for declared in WAYS.values():
        assert declared.href.startswith("/")
        assert str(declared.words)
        assert declared.icon or declared.place != "menu"
