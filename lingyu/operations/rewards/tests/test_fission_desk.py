"""Who brought whom, on the desk: generations, sharers with what their links came to, lines, and files."""

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.sharing import actions as sharing
from lingyu.community.sharing.models import ShareLink
from lingyu.community.sharing.sharers import NAMED, line_of, sharers
from lingyu.community.sharing.tests.known import (
    DAY,
    HOUR,
    NOON,
    article,
    comes,
    comes_and_reads,
    seen,
    someone,
)

PAGE = "/desk/rewards/fission/"
__all__ = ["article"]


def brings(inviter, name: str, at):
    """A member who joined by another's invitation."""
    visitor = someone()
    comes(sharing.make_link(actor=inviter, at=NOON - DAY), visitor, at)
    member = accounts.join(actor=None, username=name, at=at)
    sharing.accept_invitation(actor=member, signals=seen(visitor), at=at)
    return member


@pytest.fixture
def family(luren, article):
    """路人 brings 甲甲, who brings 乙乙; 路人's article link brings one reader."""
    first = brings(luren, "甲甲", NOON)
    second = brings(first, "乙乙", NOON + HOUR)
    link = sharing.make_link(actor=luren, article=article, at=NOON - HOUR)
    comes_and_reads(link, someone(), NOON)
    return first, second


@pytest.fixture
def desk(aque, client_of):
    """阿鹊's browser."""
    return client_of(aque)


def file(answer) -> list[list[str]]:
    """The cells of a CSV."""
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [line.split(",") for line in text.strip().splitlines()]


def test_sharers_are_told_with_by_whom_they_came_and_what_their_links_led_to(family, luren):
    first, second = family
    rows = {m.pk: m for m in sharers()}
    told = {pk: (m.links, m.arrivals, m.readers, m.joined, m.active) for pk, m in rows.items()}
    assert told == {luren.pk: (2, 2, 1, 1, 0), first.pk: (1, 1, 0, 1, 0), second.pk: (0, 0, 0, 0, 0)}
    assert rows[luren.pk].feathers == 5
    assert [m.pk for m in line_of(second)] == [first.pk, luren.pk]


def test_the_page_has_everybody_and_the_generations_and_finds_by_name(family, desk):
    page = desk.get(PAGE).content.decode()
    assert all(name in page for name in ("路人", "甲甲", "乙乙", "Generations", "Qualified readers"))
    found = desk.get(PAGE, {"q": "乙"}).content.decode()
    assert found.count('<th scope="row"><a') == 1
    assert "Nobody fits" in desk.get(PAGE, {"q": "nobody"}).content.decode()
    assert desk.get(PAGE, {"q": "\0", "by": "password", "page": "x"}).status_code == 200


def test_a_member_has_their_line_and_whom_they_brought(family, desk, luren):
    first, second = family
    page = desk.get(f"{PAGE}{first.pk}/").content.decode()
    assert f'href="{PAGE}{luren.pk}"' in page
    assert f'href="{PAGE}{second.pk}"' in page
    assert "The tree they stand in" in page
    assert "Nobody's link brought this member." in desk.get(f"{PAGE}{luren.pk}/").content.decode()
    assert desk.get(f"{PAGE}{'0' * 8}-{'0' * 4}-7{'0' * 3}-8{'0' * 3}-{'0' * 12}/").status_code == 404


def test_files_hold_what_the_search_shows_the_tree_and_the_generations(family, desk, aque):
    first, _second = family
    lines = file(desk.get(f"{PAGE}sharers.csv", {"by": "joined"}))
    assert len(lines) == 4
    assert len(file(desk.get(f"{PAGE}sharers.csv", {"q": "乙"}))) == 2
    tree = file(desk.get(f"{PAGE}{first.pk}/tree.csv"))
    assert [line[0] for line in tree[1:]] == ["路人", "甲甲", "乙乙"]
    assert [line[2] for line in tree[1:]] == ["0", "1", "2"]
    assert len(file(desk.get(f"{PAGE}generations.csv"))) == 4
    assert desk.get(f"{PAGE}nothing.csv").status_code == 404


def test_a_name_that_is_a_formula_is_a_text_in_the_file(luren, desk):
    accounts.edit_profile(actor=luren, pen_name="=1+1", bio="")
    sharing.make_link(actor=luren)
    assert file(desk.get(f"{PAGE}sharers.csv"))[1][0] == "'=1+1"


def test_a_long_line_is_cut_and_still_names_its_root(luren, desk):
    last = luren
    for number in range(NAMED + 2):
        last = brings(last, f"step{number}", NOON + number * HOUR)
    assert len(line_of(last)) == NAMED
    page = desk.get(f"{PAGE}{last.pk}/").content.decode()
    assert f'href="{PAGE}{luren.pk}"' in page


@pytest.mark.parametrize("where", ["", "sharers.csv"])
def test_who_may_not_manage_feathers_sees_none_of_it(where, dapeng, client_of):
    assert client_of(dapeng).get(PAGE + where).status_code in (403, 404)
    assert not ShareLink.objects.exists()
