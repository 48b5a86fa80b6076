"""Pictures are looked at where a check is installed; what is found goes to a person, who may withhold it."""

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.cases import actions, jobs, pictures
from lingyu.community.cases.models import Case, PictureLook
from lingyu.community.pact.screening.images import Seen
from lingyu.community.pact.screening.steps import Finding
from lingyu.community.pictures import actions as uploads
from lingyu.community.pictures import shelf
from lingyu.community.pictures.models import Picture
from lingyu.community.pictures.tests.drawn import picture

NUDE = Seen("review", (Finding("4.3", (0, 0), "", 0.9, "image:nudity", "image"),), ("nudity",), {})


@pytest.fixture
def uploaded(settings, tmp_path, xiaoxi):
    settings.MEDIA_ROOT = tmp_path
    return uploads.add_picture(actor=xiaoxi, data=picture(), alt="曲线")


@pytest.fixture
def installed(monkeypatch):
    """A check is installed that finds nudity everywhere."""
    monkeypatch.setattr(pictures, "available", lambda: {"nudity": True})
    monkeypatch.setattr(pictures, "seen", lambda picture: NUDE)


def test_without_a_check_nothing_is_looked_at_and_nothing_is_said_to_have_been(uploaded, monkeypatch):
    monkeypatch.setattr(pictures, "available", lambda: {"nudity": False, "qr": False})
    assert jobs.look_at_pictures(uploaded.added_at) == 0
    assert not PictureLook.objects.exists()


def test_what_is_found_becomes_a_case_once(uploaded, installed):
    assert jobs.look_at_pictures(uploaded.added_at) == 1
    assert jobs.look_at_pictures(uploaded.added_at) == 0
    case = Case.objects.get()
    assert (case.subject, case.suspected) == (f"picture:{uploaded.id}", "4.3")


def test_a_withheld_picture_is_gone_for_everybody_and_a_won_appeal_brings_it_back(
    uploaded, installed, dapeng, xiaoyan, client_of, django_capture_on_commit_callbacks
):
    jobs.look_at_pictures(uploaded.added_at)
    address, client = uploaded.address.url, client_of(dapeng)
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        decision = actions.decide(actor=dapeng, case=Case.objects.get(), outcome="violation", lead="4.3")
    assert client.get(address).status_code == 404
    with pytest.raises(ValidationError, match="out of sight"):
        uploads.add_picture(actor=uploaded.member, data=picture(), alt="again")
    with django_capture_on_commit_callbacks(execute=True):
        actions.reverse(actor=xiaoyan, decision=decision, words="看错了。")
    assert client.get(address).status_code == 200
    assert Picture.objects.get().withheld_at is None


def test_a_crash_between_row_and_file_is_made_good(uploaded, dapeng):
    uploads.withhold_picture(actor=dapeng, picture=uploaded)
    assert shelf.path_of(uploaded.name).exists()
    assert uploads.set_withheld_apart(actor=None) == 1
    assert uploads.set_withheld_apart(actor=None) == 0
    assert not shelf.path_of(uploaded.name).exists()


def test_a_file_that_cannot_be_opened_is_for_people(uploaded):
    shelf.path_of(uploaded.name).write_bytes(b"no picture")
    assert pictures.seen(uploaded).decision == "review"
