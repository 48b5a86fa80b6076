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
    "ways",
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
    # mails to members; in which language and times a browser is spoken to; what others do as one comes in
    # by which members' writing comes in; how long a password has to be
    "accounts": "adapter middleware checks names social letters habits greeting door passwords",
    # short links; who may read the whole; what machines read of one; Markdown to safe HTML; effective reads;
    # what others show around; Markdown as Chinese writes it; the editor's HTML to and from it; two texts
    # compared; a long list by pages; which pictures articles show; times of publishing
    "articles": "addresses gates heads prose reads sections markdown manuscript differences paging "
    "pictured timing",
    # addresses that say the sizes; bytes to a plain picture; files in the data folder; who shows a picture
    "pictures": "addresses refining shelf uses",
    # the query as typed; its engines; text to tokens; traditional characters; marked hits; what a page
    # shows; the header's box
    "search": "asking index words traditional highlights results box",
    # the kinds of notifications; what they say, and of the pact; the centre;
    # the header's bell; the mail, and when;
    # what expires soon
    "notifications": "kinds words pact centre bell letters sending expiring",
    # hashes anybody can recompute; balances; everything checked, in streams, or a sample of it;
    # statements that prove themselves
    "ledger": "chain reads verify walking sampling statements",
    # rules and their conditions; what an attempt earns, and would have, of whom, on either side; a receipt in
    # words, and which of them; what feathers cost in money; the balance; signed prices; what it is about
    "feathers": "rules conditions judging replaying drawing sides explaining asking costs chip quotes "
    "subjects",
    # what is drawn and when; item statistics; questions from a text; sealed tokens; the block below
    "quiz": "drawing figures proposing seals section",
    # who passes; what it is spent on; the block where a priced article ends
    "unlocks": "gate quotes purposes section",
    "ratings": "scoring section",  # the Bayesian mean; what stands around an article
    "favourites": "section",  # the button under a title
    # true counts of reads; in which order; what an article's page shows; feeds; what robots are told
    "shelves": "figures orders section feeds robots",
    # signed addresses; by what a browser is known; who seems to be one person; QR codes; the tree of who
    # brought whom, and each who shared; what happens at the door; the button and the code around an article
    "sharing": "links signals linking qr fission sharers greeting section",
    # what orders may become; when it is tried again; what is sealed; who may have what, and why not;
    # what feathers are spent on; pictures; how suppliers are spoken to; what pages and desks ask
    "mall": "states schedule vault tiers objections purposes pictures suppliers reads",
    # why a comment may be removed; the thread below an article; what others know of one that waits
    "comments": "reasons section notes",
    # the sub-items as data; the library that judges texts; what it learns from; from findings to rungs, pure;
    # where members stand; versions and what changed; who keeps the door; the screener of a process; what
    # values are called; the ladder in sentences; two versions compared; a next one from a form; how much a
    # machine looks after; wrong settings
    "pact": "checks clauses screening teaching ladder standings versions keeping engine names words "
    "comparing drafting coverage",
    # where members write; the ways to a report; how pressing a case is and what weighs in it; what moderators
    # have before them; what people are told; whether it is done well and in time; what the screening learns;
    # pictures that nobody has looked at
    "cases": "surfaces offering weighing reviewing telling measuring lessons pictures",
    # texts nearly the same; edges and clusters; feathers that go round; signs read from the rooms; a ring and
    # its reasons in words; what kinds of reasons are called
    "rings": "nearness graph cycles gathering reading names",
    # the published numbers of a month and how they are counted, defined, shown, drawn, filed and proved; the
    # public log in words and as a feed, by pseudonyms
    "transparency": "charts counting definitions dimensions feed files log months proving pseudonyms showing "
    "wording",
    # every value; what a change says; tables of terms; model files; two verdicts compared; trying; the steps
    # and what is missing; what it did; whom it concerns; sets in force; shares; lists from outside; the
    # switch-board; marked places
    "rulebook": "limits contents tables shelf comparing trying readiness effects impact editions proportions "
    "outside board excerpts",
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
    assert contents(folder) <= COMMUNITY | set(NOUNS.get(folder.name, "").split())
    assert {"models", "events", "actions", "tests"} <= contents(folder)


def test_there_is_no_drawer_without_a_noun():
    names = {p: p.relative_to(PACKAGE).with_suffix("").parts for p in tracked() if p.is_relative_to(PACKAGE)}
    assert not [p for p, parts in names.items() if DRAWERS & set(parts)]


def test_every_room_has_tests():
    floors = [PACKAGE / name for name in ("kernel", "store", "look", "desk")]
    rooms = [*rooms_of("operations"), *rooms_of("community"), *floors]
    assert not [room.name for room in rooms if not list((room / "tests").glob("test_*.py"))]
