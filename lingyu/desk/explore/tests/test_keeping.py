"""What leaves a page and what stays: files with their definition, saved questions, embedded answers."""

import csv
import io
from datetime import date

import pytest
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from lingyu.desk.events import AnswerEmbedded, EmbedRevoked, QuestionDeleted, QuestionRenamed, QuestionSaved
from lingyu.desk.explore import asking, keeping
from lingyu.desk.explore.kinds import KINDS
from lingyu.desk.explore.models import Embed, SavedQuestion
from lingyu.desk.explore.source import Known
from lingyu.kernel.questions import definition_hash

from .conftest import WEEK, text_of

TREND = f"step=opened&measure=people&{WEEK}"


def hash_of(kind: str, text: str) -> str:
    """The hash of the question that an address asks."""
    return definition_hash(asking.read(KINDS[kind], QueryDict(text), Known(), date(2026, 3, 8)).question)


def table(answer) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_a_file_carries_the_hash_of_its_definition_in_every_row(explore, app):
    answer = explore(f"trend.csv?{TREND}")
    rows, told = table(answer), hash_of("trend", TREND)
    assert rows[0] == ["Date", "Value", "Compared date", "compared", "Definition hash"]
    assert rows[1][:2] == ["2026-03-02", "3"] and {row[-1] for row in rows[1:]} == {told}
    assert told[:12] in answer["Content-Disposition"]


def test_a_cell_that_is_not_over_is_empty_in_a_file(explore, app):
    rows = table(explore("retention.csv?period=custom&from=2026-03-02&to=2026-03-08&count=400"))
    last = next(row for row in rows if row[2] == "400")
    assert last[4:7] == ["", "", "no"]


def test_a_workbook_says_what_its_words_mean(explore, app):
    file = io.BytesIO(explore(f"funnel.xlsx?step=opened&step=paid&{WEEK}").content)
    notes = CalamineWorkbook.from_filelike(file).get_sheet_by_index(1).to_python()
    said = {row[0]: row[1] for row in notes if len(row) > 1}
    assert said["Definition hash"] == hash_of("funnel", f"step=opened&step=paid&{WEEK}")
    assert "at most 7 d after the first" in said["Within"]
    assert said["History available from"] == "2026-03-02"


def test_a_file_of_a_question_that_makes_no_sense_is_refused(explore, app):
    assert explore("trend.csv?measure=sum").status_code == 400


def test_a_question_is_saved_renamed_deleted_and_restored(explore, post, app, facts):
    post("trend/save", title="  Who   opens ", address=TREND)
    saved = SavedQuestion.objects.get()
    assert (saved.title, saved.kind, saved.preset) == ("Who opens", "trend", "custom")
    assert "Who opens" in text_of(explore())
    post(f"saved/{saved.pk}/rename", title="Openers")
    assert "Openers" in text_of(explore())
    gone = post(f"saved/{saved.pk}/delete")
    assert not SavedQuestion.objects.standing().exists()
    assert "“Openers” is deleted." in text_of(explore(f"?deleted={saved.pk}"))
    assert gone["Location"].endswith(f"?deleted={saved.pk}")
    post(f"saved/{saved.pk}/restore")
    assert "Openers" in text_of(explore())
    assert [len(facts(kind)) for kind in (QuestionSaved, QuestionRenamed, QuestionDeleted)] == [1, 1, 1]


def test_a_saved_question_asks_what_was_asked(post, app):
    post("trend/save", title="Week", address=TREND)
    assert keeping.address_of(SavedQuestion.objects.get()) == TREND


def test_the_days_of_a_saved_question_move_along_with_time(post, app):
    post("trend/save", title="Lately", address="step=opened&period=7d")
    text = keeping.address_of(SavedQuestion.objects.get())
    assert text == "step=opened&period=7d"
    later = asking.read(KINDS["trend"], QueryDict(text), Known(), date(2030, 1, 7))
    assert str(later.period.start) == "2030-01-01"


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_title_that_is_none_is_refused(title, post, app):
    post("trend/save", title=title, address=TREND)
    assert not SavedQuestion.objects.exists()


def test_nonsense_is_not_saved(post, app):
    post("trend/save", title="Sum of nothing", address="measure=sum")
    assert not SavedQuestion.objects.exists()


def test_passers_by_save_and_embed_nothing(post, app, luren):
    assert post("trend/save", luren, title="x", address=TREND).status_code == 403
    assert post("trend/embed", luren, title="x", address=TREND).status_code == 403


@pytest.fixture
def embed(post, app) -> Embed:
    """A trend that was embedded."""
    post("trend/embed", title="People who open", address=TREND)
    return Embed.objects.get()


def test_whoever_has_its_address_sees_an_embedded_answer_and_nothing_else(embed, client_of, anonymous):
    answer = client_of(anonymous).get(keeping.embed_address(embed))
    page = answer.content.decode()
    assert answer.status_code == 200 and "People who open" in page and "2026-03-08" in page
    assert "/desk/content" not in page and "<form" not in page


def test_only_pages_that_the_settings_name_may_frame_it(embed, client_of, anonymous, settings):
    settings.LINGYU_EMBED_IN = ["https://wiki.example.org"]
    answer = client_of(anonymous).get(keeping.embed_address(embed))
    assert "frame-ancestors 'self' https://wiki.example.org" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_page_of_the_desk_is_framed_by_nobody(explore, app):
    assert "frame-ancestors 'none'" in explore("trend/")["Content-Security-Policy"]


def test_an_address_that_was_made_up_opens_nothing(embed, client_of, anonymous):
    address = keeping.embed_address(embed)
    for forged in (f"/desk/embeds/{embed.pk}/", address.replace(":", ":x"), "/desk/embeds/x/"):
        assert client_of(anonymous).get(forged).status_code == 404


def test_a_revoked_address_shows_nothing_any_more(embed, post, client_of, anonymous, facts):
    post(f"embeds/{embed.pk}/revoke")
    assert client_of(anonymous).get(keeping.embed_address(embed)).status_code == 404
    assert [len(facts(kind)) for kind in (AnswerEmbedded, EmbedRevoked)] == [1, 1]
