"""The same rooms in every operation and every community app, and no drawers."""

import pytest

from .sources import PACKAGE, rooms_of, tracked

pytestmark = pytest.mark.one_database

OPERATION = {
    "__init__",
    "apps",
    "operation",
    "reactions",
    "jobs",
    "desk",
    "levers",
    "metrics",
    "actions",
    "models",
    "events",
    "names",
    "importers",
    "demo",
    "templates",
    "static",
    "tests",
    "migrations",
    "locale",
}
COMMUNITY = {
    "__init__",
    "apps",
    "admin",
    "reactions",
    "jobs",
    "privacy",
    "rewards",
    "views",
    "urls",
    "forms",
    "actions",
    "models",
    "events",
    "templates",
    "static",
    "tests",
    "migrations",
    "locale",
    "management",
}
# Nouns that a community app needs beside its rooms. A new one is a decision: add it here, with its reason.
NOUNS = {
    # where allauth and the session meet us; wrong settings; reserved names; log-in by others;
    # mails to members; in which language and times a browser is spoken to
    "accounts": {"adapter", "middleware", "checks", "names", "social", "letters", "habits"},
    # short links; who may read the whole; Markdown to safe HTML; effective reads; what others show around
    "articles": {"addresses", "gates", "prose", "reads", "sections"},
    # the query as typed; its engines; text to tokens; marked hits; what a page shows; the header's box
    "search": {"asking", "index", "words", "highlights", "results", "box"},
    # the kinds of notifications; what they say; the centre; the header's bell; the mail, and when;
    # what expires soon
    "notifications": {"kinds", "words", "centre", "bell", "letters", "sending", "expiring"},
    "ledger": {"chain", "reads", "verify"},  # hashes anybody can recompute; balances; everything checked
    # rules and their conditions; what an attempt earns, and would have; a receipt in words; the balance
    "feathers": {"rules", "conditions", "judging", "replaying", "explaining", "costs", "chip"},
    # what is drawn and when; item statistics; questions from a text; sealed tokens; the block below
    "quiz": {"drawing", "figures", "proposing", "seals", "section"},
    # who passes; the price one was told; what it is spent on; the block where a priced article ends
    "unlocks": {"gate", "quotes", "purposes", "section"},
    "ratings": {"scoring", "section"},  # the Bayesian mean; what stands around an article
    "favourites": {"section"},  # the button under a title
    # true counts of reads; in which order; what an article's page shows; feeds; what robots are told
    "shelves": {"figures", "orders", "section", "feeds", "robots"},
    "comments": {"reasons", "section"},  # why a comment may be removed; the thread below an article
}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "misc", "lib", "shared"}


def contents(folder):
    """The names of an app's modules and folders."""
    there = {p.relative_to(folder).parts[0] for p in tracked() if p.is_relative_to(folder)}
    return {name.removesuffix(".py") for name in there}


@pytest.mark.parametrize("folder", rooms_of("operations"), ids=lambda p: p.name)
def test_an_operation_has_the_rooms_that_every_operation_has(folder):
    assert contents(folder) <= OPERATION
    # No `events`: an operation may live on the facts of the community, as content does.
    assert {"operation", "metrics", "tests"} <= contents(folder)


@pytest.mark.parametrize("folder", rooms_of("community"), ids=lambda p: p.name)
def test_a_community_app_has_the_rooms_that_every_community_app_has(folder):
    assert contents(folder) <= COMMUNITY | NOUNS.get(folder.name, set())
    assert {"models", "events", "actions", "tests"} <= contents(folder)


def test_there_is_no_drawer_without_a_noun():
    names = {p: p.relative_to(PACKAGE).with_suffix("").parts for p in tracked() if p.is_relative_to(PACKAGE)}
    assert not [p for p, parts in names.items() if DRAWERS & set(parts)]


def test_every_room_has_tests():
    floors = [PACKAGE / name for name in ("kernel", "store", "look", "desk")]
    rooms = [*rooms_of("operations"), *rooms_of("community"), *floors]
    assert not [room.name for room in rooms if not list((room / "tests").glob("test_*.py"))]
