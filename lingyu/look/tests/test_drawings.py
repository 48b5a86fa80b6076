"""Sparklines, shares and bridges: numbers in, geometry out, worked by hand."""

from lingyu.look import drawings


def test_a_sparkline_runs_from_corner_to_corner():
    drawn = drawings.spark([0, 10], width=100, height=40, pad=0)
    assert drawn["line"] == "M0.0 40.0L100.0 0.0"
    assert drawn["area"].endswith("L100.0 40L0.0 40Z")


def test_a_sparkline_bridges_what_is_missing_and_centres_what_is_flat():
    assert drawings.spark([5, None, 5], width=100, height=40, pad=0)["line"] == "M0.0 20.0L100.0 20.0"


def test_one_known_value_makes_no_line():
    assert drawings.spark([None, 3, None]) is None
    assert drawings.spark([]) is None


def test_a_share_stays_between_nothing_and_all():
    assert drawings.share(1, 3) == 33.3
    assert drawings.share(5, 3) == 100.0
    assert drawings.share(-1, 3) == 0.0
    assert drawings.share(1, 0) == 0.0


def test_each_change_of_a_bridge_begins_where_the_one_before_it_ended():
    steps = [("total", 50), ("change", 50), ("change", -20), ("total", 80)]
    drawn = drawings.bridge_bars([{"kind": kind, "amount": amount} for kind, amount in steps])
    assert [(b["x"], b["width"]) for b in drawn["bars"]] == [(0, 50), (50, 50), (80, 20), (0, 80)]
    assert not drawn["cut"]


def test_small_changes_beside_large_totals_are_drawn_on_a_cut_axis():
    steps = [("total", 1000), ("change", 20), ("total", 1020)]
    drawn = drawings.bridge_bars([{"kind": kind, "amount": amount} for kind, amount in steps])
    assert drawn["cut"]
    assert drawn["bars"][1]["width"] > 50


def test_a_bridge_below_zero_still_fits():
    steps = [("total", 10), ("change", -30), ("total", -20)]
    bars = drawings.bridge_bars([{"kind": kind, "amount": amount} for kind, amount in steps])["bars"]
    assert all(b["x"] >= 0 and b["x"] + b["width"] <= 100.01 for b in bars)


def test_a_network_stands_in_a_round_and_the_surer_line_is_thicker():
    drawn = drawings.network(
        {"a": "A", "b": "B", "c": "C", "d": "D"}, [("a", "b", 1.0), ("c", "d", 0.0)], 360, 300
    )
    # An ellipse of 88 by 120 around (180, 150), from the top clockwise.
    assert [(n["x"], n["y"]) for n in drawn["nodes"]] == [(180, 30), (268, 150), (180, 270), (92, 150)]
    assert [n["label"]["anchor"] for n in drawn["nodes"]] == ["middle", "start", "middle", "end"]
    assert [line["width"] for line in drawn["lines"]] == [4.0, 0.75]
    assert (drawn["lines"][0]["from"], drawn["lines"][0]["to"]) == ((180, 30), (268, 150))


def test_a_network_leaves_out_unknown_ends_and_the_names_of_a_crowd():
    assert drawings.network({"a": "A"}, [("a", "gone", 1.0)])["lines"] == []
    crowd = drawings.network({n: str(n) for n in range(100)}, [])
    assert not crowd["named"]
    assert all(0 <= n["x"] <= 360 and 0 <= n["y"] <= 300 for n in crowd["nodes"])
    assert drawings.network({}, [])["nodes"] == []
