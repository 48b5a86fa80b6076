"""Small drawings made on the server: sparklines, bars in a cell, networks.

Returns numbers and path data for the templates; colours come from the style sheet. Large charts
are drawn in the browser by `static/look/charts.js`.
"""

from collections.abc import Hashable, Mapping, Sequence
from math import cos, pi, sin

Points = Sequence[int | float | None]

# A bridge whose levels differ by less than this share of the highest is drawn on a cut axis.
CUT_BELOW = 0.4


def spark(values: Points, width: int = 112, height: int = 36, pad: int = 4) -> dict | None:
    """A sparkline: path data of its `line`, of the `area` under it, and its `last` point.

    Missing values are bridged. None when fewer than two values are known.
    """
    known = [(i, float(v)) for i, v in enumerate(values) if v is not None]
    if len(known) < 2:
        return None
    low, high = min(v for _, v in known), max(v for _, v in known)
    span = (high - low) or 1.0
    step = (width - 2 * pad) / (len(values) - 1)

    def place(i: int, v: float) -> tuple[float, float]:
        level = 0.5 if high == low else (v - low) / span
        return round(pad + i * step, 1), round(height - pad - level * (height - 2 * pad), 1)

    points = [place(i, v) for i, v in known]
    line = "M" + "L".join(f"{x} {y}" for x, y in points)
    return {
        "line": line,
        "area": f"{line}L{points[-1][0]} {height}L{points[0][0]} {height}Z",
        "last": points[-1],
        "width": width,
        "height": height,
    }


def share(value: int | float | None, whole: int | float | None) -> float:
    """How much of `whole` `value` is, in percent with one decimal, within 0 … 100."""
    if not value or not whole:
        return 0.0
    return round(min(100.0, max(0.0, float(value) / float(whole) * 100)), 1)


def bridge_bars(steps: Sequence[Mapping]) -> dict:
    """A bridge's `bars`: where each of the `steps` starts and how wide it is, in percent of the axis.

    A step is {kind, amount}: total stands on zero, change begins where the step before it ended.
    Where all changes are small beside the totals the axis is `cut`: it starts shortly below the
    lowest level instead of at zero, and the totals' bars show that they are broken.
    """
    level, ranges, levels = 0.0, [], []
    for step in steps:
        start = 0.0 if step["kind"] == "total" else level
        level = start + float(step["amount"])
        ranges.append((min(start, level), max(start, level)))
        levels.append(level)
    low = min([0.0, *(a for a, _ in ranges)])
    high = max([0.0, *(b for _, b in ranges)])
    moved = max(levels, default=0.0) - min(levels, default=0.0)
    cut = bool(levels) and min(levels) > 0 and moved < CUT_BELOW * high
    if cut:
        low = max(0.0, min(levels) - (moved or high) * 0.5)
    scale = 100 / ((high - low) or 1.0)
    bars = [(max(a, low) - low, b - max(a, low)) for a, b in ranges]
    return {
        "cut": cut,
        "bars": [{"x": round(x * scale, 2), "width": round(max(w * scale, 0.6), 2)} for x, w in bars],
    }


def network(
    names: Mapping[Hashable, str],
    edges: Sequence[tuple[Hashable, Hashable, float]],
    width: int = 360,
    height: int = 300,
) -> dict:
    """Nodes on an ellipse and the lines between them: `nodes`, `lines`, `width`, `height`.

    `names` are the nodes in their order, `edges` are (one, other, strength in 0 … 1); an edge with an
    unknown end is left out. Many nodes stand closer and have no names: `named` says whether they do.
    """
    count = max(1, len(names))
    named = count <= 24
    # Beside the outermost nodes stand names of eight Chinese characters.
    across, down = (width / 2 - 92, height / 2 - 30) if named else (width / 2 - 12, height / 2 - 12)
    places, nodes = {}, []
    for number, (key, name) in enumerate(names.items()):
        angle = 2 * pi * number / count - pi / 2
        x, y = width / 2 + across * cos(angle), height / 2 + down * sin(angle)
        places[key] = (round(x, 1), round(y, 1))
        side = "middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end"
        shift = {"middle": 0, "start": 11, "end": -11}[side]
        lift = {"middle": 20 if sin(angle) > 0 else -12}.get(side, 4)
        label = {"x": round(x + shift, 1), "y": round(y + lift, 1), "anchor": side}
        nodes.append({"key": key, "name": name, "x": round(x, 1), "y": round(y, 1), "label": label})
    lines = [
        {
            "from": places[one],
            "to": places[other],
            "width": round(0.75 + 3.25 * min(1.0, max(0.0, weight)), 2),
        }
        | {"one": one, "other": other, "strength": weight}
        for one, other, weight in edges
        if one in places and other in places
    ]
    return {"nodes": nodes, "lines": lines, "width": width, "height": height, "named": named}
