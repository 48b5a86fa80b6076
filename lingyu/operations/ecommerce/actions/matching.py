"""Comparing the entries of one order with what the ledger has of it. Decides; writes nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from .entries import CLOSED, Comparison, Conflict, Entry, Known, Late, New

_COUNTED = re.compile(r"#\d+\Z")


def compare_order(entries: Sequence[Entry], known: Sequence[Known], into: Comparison) -> None:
    """Sort the entries of one order into new, unchanged and conflicting; one conflict holds all back."""
    order = _Order(entries, known)
    order.match()
    if order.conflicts:
        into.conflicts += order.conflicts
        wrong = {id(c.entry) for c in order.conflicts}
        into.held_back += [e for e in entries if id(e) not in wrong]
        return
    paid_at = order.first_paid()
    for new in order.new:
        if not new.entry.paid:
            new.paid_at = paid_at
    into.new += order.new
    into.unchanged += order.unchanged
    if paid_at and any(n.entry.paid for n in order.new):
        into.late += [Late(entries[0].order, k, paid_at) for k in known if not k.paid and k.paid_at is None]


def level(line: str | None) -> str:
    """How finely a line cuts its order: whole, by products that are counted, or by numbered lines."""
    if line == "":
        return "whole"
    return "counted" if line is None or _COUNTED.search(line) else "numbered"


class _Order:
    """One order: what the file says of it beside what is known."""

    def __init__(self, entries: Sequence[Entry], known: Sequence[Known]):
        self.entries, self.known = entries, known
        self.new: list[New] = []
        self.conflicts: list[Conflict] = []
        self.unchanged = 0
        self.by_key = {(k.line, k.paid): k for k in known}

    def match(self) -> None:
        """Fill `new`, `unchanged` and `conflicts`."""
        if self._levels_mixed():
            return
        closing = [e for e in self.entries if e.closing]
        self._numbered([e for e in self.entries if e.line is None])
        self._named([e for e in self.entries if e.line is not None and not e.closing])
        for entry in closing:
            self._closing(entry)

    def first_paid(self) -> datetime | None:
        """When the order was paid: its earliest payment, known or new."""
        times = [k.at for k in self.known if k.paid] + [n.entry.at for n in self.new if n.entry.paid]
        return min(times, default=None)

    def _levels_mixed(self) -> bool:
        """Lists of orders, of items and of numbered sub-orders tell the same money: once is enough."""
        here = {level(e.line) for e in self.entries if e.paid}
        there = {level(k.line) for k in self.known if k.paid}
        if here and there and here != there:
            self.conflicts = [Conflict(e, whole=True) for e in self.entries if e.paid]
        return bool(self.conflicts)

    def _numbered(self, entries: Sequence[Entry]) -> None:
        """Lines without a number: equal ones are counted, and their order does not matter."""
        if not entries:
            return
        groups: dict[tuple[str, bool], list[Entry]] = defaultdict(list)
        for entry in entries:
            groups[entry.product or "", entry.paid].append(entry)
        stored: dict[tuple[str, bool], list[Known]] = defaultdict(list)
        for known in self.known:
            if level(known.line) == "counted":
                base = known.line.rpartition("#")[0]
                stored[base, known.paid].append(known)
        for (base, paid), group in groups.items():
            had = stored.get((base, paid), ())
            fresh = self._beyond(group, had) if had else group
            if fresh is not None:
                self.new += [New(e, f"{base}#{n}") for n, e in enumerate(fresh, len(had) + 1)]

    def _beyond(self, group: Sequence[Entry], had: Sequence[Known]) -> list[Entry] | None:
        """The entries beyond those known; None when some differ while some of the known are missing."""
        left = Counter(k.content for k in had)
        fresh = []
        for entry in group:
            if left[entry.content] > 0:
                left[entry.content] -= 1
            else:
                fresh.append(entry)
        missing = list(left.elements())
        if fresh and missing:
            self.conflicts += [Conflict(e, recorded=c) for e, c in zip(fresh, missing, strict=False)]
            return None
        self.unchanged += len(group) - len(fresh)
        return fresh

    def _named(self, entries: Sequence[Entry]) -> None:
        """Lines with a number of their own."""
        seen: dict[tuple[str, bool], Entry] = {}
        for entry in entries:
            key = (entry.line, entry.paid)
            before = seen.setdefault(key, entry)
            if before is not entry:
                self._repeated(entry, before)
            elif (known := self.by_key.get(key)) is not None:
                if known.content == entry.content:
                    self.unchanged += 1
                else:
                    self.conflicts.append(Conflict(entry, recorded=known.content))
            elif not entry.paid and self._covered(entry):
                self.unchanged += 1
            else:
                self.new.append(New(entry, entry.line))

    def _repeated(self, entry: Entry, before: Entry) -> None:
        if before.content == entry.content:
            self.unchanged += 1
        else:
            self.conflicts.append(Conflict(entry, recorded=before.content, elsewhere=before.row))

    def _covered(self, entry: Entry) -> bool:
        """Whether the order's closing has given this refund back already."""
        return any(
            k.line.startswith(CLOSED) and (k.product is None or entry.product in (None, k.product))
            for k in self.known
            if not k.paid
        )

    def _closing(self, entry: Entry) -> None:
        """Give back what is left of a closed order after the refunds that are known on their own."""
        line = entry.line
        if (line, False) in self.by_key or any(n.line == line and not n.entry.paid for n in self.new):
            self.unchanged += 1
            return
        same = [
            k
            for k in self.known
            if not k.paid
            and not k.line.startswith(CLOSED)
            and (k.product is None or entry.product in (None, k.product))
        ]
        amount = entry.amount - max(entry.amount, sum(k.amount for k in same))
        quantity = entry.quantity - max(entry.quantity, sum(k.quantity for k in same))
        if amount or not same:
            self.new.append(New(replace(entry, amount=amount, quantity=quantity), line))
        else:
            self.unchanged += 1
