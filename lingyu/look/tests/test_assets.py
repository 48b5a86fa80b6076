"""Browser libraries come by content: the right file or none."""

import hashlib

import pytest

from lingyu.look import assets

GOOD = b"export const version = '6.1.0'"
ASSET = assets.Asset(
    "lib.js", hashlib.sha256(GOOD).hexdigest(), ("a-wheel==1", "lib.js"), ("lib@1", "lib.js")
)


@pytest.fixture
def sources(monkeypatch):
    """What the two registries answer; each may be bytes or an exception to raise."""
    answers = {"wheel": GOOD, "npm": GOOD}

    def answering(which):
        def source(package, member, folder):
            if isinstance(answers[which], Exception):
                raise answers[which]
            return answers[which]

        return source

    monkeypatch.setattr(assets, "_from_wheel", answering("wheel"))
    monkeypatch.setattr(assets, "_from_npm", answering("npm"))
    return answers


def test_a_second_run_fetches_nothing(sources, tmp_path):
    assert assets.fetch((ASSET,), tmp_path) == ["lib.js"]
    assert assets.fetch((ASSET,), tmp_path) == []


def test_a_damaged_file_is_fetched_again(sources, tmp_path):
    (tmp_path / "lib.js").write_bytes(b"half of i")
    assert assets.fetch((ASSET,), tmp_path) == ["lib.js"]
    assert (tmp_path / "lib.js").read_bytes() == GOOD


def test_the_other_registry_is_asked_when_one_has_another_file(sources, tmp_path):
    sources["wheel"] = b"something else"
    assert assets.fetch((ASSET,), tmp_path) == ["lib.js"]


def test_nothing_wrong_is_ever_written_and_each_source_is_quoted(sources, tmp_path):
    sources.update(wheel=b"something else", npm=OSError("no such command"))
    with pytest.raises(assets.NotFetched, match=r"(?s)another file.*no such command"):
        assets.fetch((ASSET,), tmp_path)
    assert not list(tmp_path.iterdir())
