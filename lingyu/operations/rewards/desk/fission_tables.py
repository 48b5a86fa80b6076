"""The tables of who brought whom, worded: drawn on the pages and exported alike.

Holds columns, rows and what they mean; `sharing` reads.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.sharing import fission
from lingyu.store.sheets import Column

from .tables import Table

FIGURES = ("links", "arrivals", "readers", "joined", "active")


def people(code: str, members: Iterable[Member]) -> Table:
    """`sharers()`, a row each, in their order."""
    columns = [
        (Column("member", _("Member"), "text"), ""),
        (Column("inviter", _("Brought by"), "text"), _("Whose link they joined by; one inviter for ever.")),
        (Column("generation", _("Depth"), "count"), _("How many invitations lie before them; 0: nobody's.")),
        (Column("state", _("State"), "text"), _("Whether they took part after they had joined.")),
        *_figures(),
        (Column("feathers", _("Feathers"), "count"), _("Granted and pending, for readers and friends.")),
    ]
    about = _("Members who shared or came by a link.")
    return Table(code, _("Who brought whom"), about, columns, map(_row, members))


def generations(root: Member | None) -> Table:
    """The generations of one tree, or of all."""
    columns = [
        (Column("number", _("Depth"), "count"), _("How many invitations lie before them; 0: nobody's.")),
        (Column("members", _("Members"), "count"), _("How many stand at this depth.")),
        *_figures(),
        (Column("k", _("K"), "number"), _("Friends who joined for each member of this depth.")),
    ]
    rows = [
        [g.number, g.members, *(getattr(g, name) for name in FIGURES), g.k] for g in fission.generations(root)
    ]
    about = _("How far sharing carries: who stands in one row brought those of the next.")
    return Table("generations", _("Generations"), about, columns, rows)


def _figures() -> list[tuple[Column, str]]:
    """What links came to, as both tables tell it; in the order of `FIGURES`."""
    told = (
        (_("Links"), _("Links made, to articles and the invitation.")),
        (_("Arrivals"), _("People who opened them; programs are left out.")),
        (_("Qualified readers"), _("Others who came and read, each counted once.")),
        (_("Friends joined"), _("Members who joined by these links.")),
        (_("Took part"), _("Friends who then commented, answered or read on.")),
    )
    return [(Column(key, label, "count"), means) for key, (label, means) in zip(FIGURES, told, strict=True)]


def _row(member: Member) -> list:
    came = getattr(member, "invitation", None)
    said = [member.display_name, came.inviter.display_name if came else "", came.generation if came else 0]
    figures = [getattr(member, name) for name in (*FIGURES, "feathers")]
    return [*said, _state(came.state) if came else "", *figures]


def _state(code: str) -> str:
    return {"joined": _("Has joined"), "active": _("Took part"), "dismissed": _("Not counted")}[code]
