"""Every form of the house takes what is wrong without failing, and shows what it took without obeying it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lingyu.kernel.jobs import JOBS
from lingyu.store.deliver import deliver_due

from . import corpus
from .conftest import PEOPLE, browser, walked
from .driving import Judge, filled
from .inert import in_letter
from .kept import illegible
from .pages import Form
from .unlinked import unlinked
from .walking import route_of

# Sent by hand every time: there is nothing in them to fill in, and they end the walk.
LEAVING = {"accounts/logout/"}


def offered(walks) -> dict[tuple, tuple[str | None, list[Form]]]:
    """Each form of the house by route and fields: who sends it, and a few of its kind."""
    found: dict[tuple, tuple[str | None, list[Form]]] = {}
    for person in PEOPLE:
        for form in walks[person].forms:
            key = (route_of(form.action), form.method, form.names)
            if key[0] is None or key[0] in LEAVING or form.action.startswith("/admin/"):
                continue
            who, kind = found.setdefault(key, (person, []))
            if who == person and len(kind) < 6:
                kind.append(form)
    return found


@pytest.mark.slow
def test_nothing_that_is_sent_breaks_the_house(untouched, walks):
    judge, forms = Judge(), offered(walks)
    forms |= unlinked(walks, forms)
    for (_route, _method, _names), (person, kind) in forms.items():
        judge.try_out(browser(person), person or "nobody", kind[0])
    print(f"{len(forms)} forms, {judge.sent} requests, {judge.accepted} accepted")
    fail_for(judge.wrongs + [w for walk in walks.values() for w in walk.wrongs])


def fail_for(wrongs: list[str]) -> None:
    """All that is wrong, one a line."""
    if wrongs:
        pytest.fail("\n".join(dict.fromkeys(wrongs)), pytrace=False)


@pytest.mark.slow
def test_what_was_taken_lies_still_wherever_it_is_shown(untouched, walks):
    judge, forms = Judge(), offered(walks)
    forms |= unlinked(walks, forms)
    for turn in range(corpus.ROUNDS):
        for n, (person, kind) in enumerate(forms.values()):
            if kind[0].method == "post":
                keep(judge, person, kind[turn % len(kind)], corpus.of_a_round(turn, n))
    follow(judge)
    judge.wrongs += illegible()
    letters = [f"mail to {m.to}: {w}" for m in mail.outbox for w in in_letter(m.message())]
    after = [w for walk in walked().values() for w in walk.wrongs]
    print(f"{judge.sent} requests, {judge.accepted} accepted, {len(mail.outbox)} letters")
    assert judge.accepted > 20
    fail_for(judge.wrongs + letters + after)


def keep(judge: Judge, person, form: Form, payload: str) -> None:
    """Send a payload in every field of words at once; where that is refused, in one after the other."""
    words = [f.name for f in form.fields if f.kind == "text" and f.type not in {"password", "email", "url"}]
    client = browser(person)
    usual = filled(form)

    def typed(names):
        rest = [(k, v) for k, v in usual if k not in names]
        return rest + [(n, payload) for n in names]

    if not words:
        return
    _, wrote = judge.send(
        client, person or "nobody", form, typed(words), f"{words}={payload[:40]!r}", keep=True
    )
    for name in words if not wrote and len(words) > 1 else []:
        judge.send(client, person or "nobody", form, typed([name]), f"{name}={payload[:40]!r}", keep=True)


def follow(judge: Judge) -> None:
    """Everything that follows, now and in two days: reactions, digests, exports."""
    for later in (timedelta(0), timedelta(days=2), timedelta(days=9)):
        while deliver_due():
            pass
        for code, job in JOBS.items():
            try:
                job.run(timezone.now() + later)
            except Exception as error:
                judge.wrongs.append(f"the job {code}: {error!r}")
