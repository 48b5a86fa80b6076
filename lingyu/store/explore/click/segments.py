"""Segments in ClickHouse: how many people meet a condition, and a sample of them spread over all.

Holds no condition: `people` does.
"""

import numpy as np

from lingyu.kernel.questions import Answer, Segment

from ..framing import answer, columns, share
from ..segments import SAMPLE, Shelf, nothing_saved
from .people import everybody, meets
from .source import ClickFacts


def segment(asked: Segment, source: ClickFacts, saved: Shelf = nothing_saved) -> Answer:
    """The answer to a segment."""
    test = meets(asked.condition, source, saved)
    everyone, count = source.ask(f"SELECT count(), countIf({test}) FROM {everybody(source)}")[0]
    spread = np.unique(np.linspace(0, count - 1, SAMPLE).astype(np.int64)) if count else []
    people = []
    if count:
        places = ", ".join(str(place + 1) for place in spread)
        people = source.ask(
            "SELECT person FROM (SELECT person, row_number() OVER (ORDER BY person) AS place "
            f"FROM {everybody(source)} WHERE {test}) WHERE place IN ({places}) ORDER BY person"
        )
    sample = [{"person": key} for key in source.keys([person for (person,) in people])]
    totals = {"people": count, "everybody": everyone, "share": share(count, everyone)}
    return answer(asked, source, columns(person="text"), sample, totals)
