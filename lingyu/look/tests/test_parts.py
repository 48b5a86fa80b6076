"""Rooms add parts to the frame."""

from lingyu.look.parts import PARTS, part, parts


def test_parts_stand_in_their_order_and_those_without_words_not_at_all(rf, monkeypatch):
    for code in list(PARTS):
        monkeypatch.delitem(PARTS, code)

    @part("header", order=20)
    def bell(request):
        return "<b>bell</b>"

    @part("header", order=10)
    def balance(request):
        return "<b>balance</b>"

    @part("header", order=5)
    def silent(request):
        return ""

    @part("account", order=1)
    def card(request):
        return "<b>card</b>"

    assert parts("header", rf.get("/")) == ["<b>balance</b>", "<b>bell</b>"]
    for code in [p for p in PARTS if "test_parts" in p]:
        del PARTS[code]
