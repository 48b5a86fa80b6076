"""The ids of facts from outside: those of `fact_id`, the quick way."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from lingyu.kernel.facts import outside_id
from lingyu.kernel.ids import LINGYU, fact_id


@given(
    st.text(max_size=20, alphabet=st.characters(exclude_characters="\x1f", exclude_categories=("Cs",))),
    st.uuids(),
)
def test_an_id_from_outside_is_the_uuid5_of_its_source_and_message(message, source):
    made = outside_id(str(source), message)
    assert made == fact_id("outside", str(source), message)
    assert made == uuid.uuid5(LINGYU, f"outside\x1f{source}\x1f{message}")
    assert (made.version, made.variant) == (5, uuid.RFC_4122)
    assert uuid.UUID(str(made)) == made
