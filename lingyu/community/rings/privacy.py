"""What the rings hold about a member, for their export and their erasure."""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, contribution, eraser

from .models import Belonging, Ring


@contribution("rings", zh="与我有关的协同核实", en="Rings I was looked at for")
def rings(member: Member):
    """When the member's account was taken for one of several that act together, and what a person said."""
    for ring in Ring.objects.filter(belongings__member=member).order_by("found_at"):
        yield {"found_at": ring.found_at, "size": ring.size, "answer": ring.answer or "waiting"}


@eraser("rings", zh="协同核实", en="Rings", order=320)
def forget_rings(erasure: Erasure):
    """Leave the rings, and let those go that nobody has answered: their evidence quotes texts."""
    mine = Belonging.objects.filter(member=erasure.member)
    yield Delete(Ring.objects.waiting().filter(id__in=mine.values("ring")))
    yield Delete(mine)
