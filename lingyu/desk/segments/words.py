"""Conditions in plain words, for people: on lists, beside counts, and where reasons are given."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.kernel.questions import (
    ANY,
    And,
    Condition,
    Did,
    Latest,
    Not,
    Or,
    Saved,
    Sequence,
    Step,
    span_text,
)

from . import shelf


def said(asked: Condition) -> str:
    """A condition as one sentence without a full stop."""
    match asked:
        case And(items=items) | Or(items=items):
            if not items:
                return _("everybody") if isinstance(asked, And) else _("nobody")
            joint = _(" and ") if isinstance(asked, And) else _(" or ")
            return joint.join(f"({said(i)})" if isinstance(i, And | Or) else said(i) for i in items)
        case Not(item=item):
            return _("not (%(condition)s)") % {"condition": said(item)}
        case Did():
            return _did(asked)
        case Sequence():
            steps = " → ".join(step_name(step) for step in asked.steps)
            within = {"steps": steps, "within": span_text(asked.within)}
            return _("did %(steps)s within %(within)s") % within + when(asked)
        case Latest(where=where):
            return _("latest known: %(where)s") % {"where": where}
        case Saved(name=name):
            one = shelf.found(name)
            return _("is in “%(title)s”") % {"title": one.title if one else name}
    raise TypeError(f"no condition: {asked!r}")


def head(asked: Condition) -> str:
    """What a reason is about: a leaf in full, of a group only how its parts count."""
    match asked:
        case And():
            return _("All of these")
        case Or():
            return _("At least one of these")
        case Not():
            return _("Not this")
    return said(asked)


def step_name(step: Step) -> str:
    """An event, and what it has to be like."""
    name = _("anything") if step.event == ANY else _("“%(name)s”") % {"name": step.event}
    return f"{name} ({step.where})" if step.where else name


def when(asked: Did | Sequence) -> str:
    """The days that it is about, to stand behind the rest; nothing for all history."""
    if asked.last:
        days = ngettext(" in the last %(days)s day", " in the last %(days)s days", asked.last)
        return days % {"days": asked.last}
    if asked.period:
        return _(" from %(start)s to %(end)s") % {"start": asked.period.start, "end": asked.period.end}
    return ""


def _did(asked: Did) -> str:
    least, most, step = asked.at_least, asked.at_most, step_name(asked.step)
    if most == 0:
        told = _("did not do %(step)s")
    elif most is not None:
        told = _("did %(step)s %(least)s to %(most)s times")
    elif least == 1:
        told = _("did %(step)s")
    else:
        told = _("did %(step)s at least %(least)s times")
    return told % {"step": step, "least": least, "most": most} + when(asked)
