"""Which clauses are learnt together, and which clause stands for a whole category.

Clauses of one category differ in degree more than in words, so their labels are pooled: one head says that
a text is unfriendly, and heads within it say how. What is unlike its neighbours stands alone.
"""

# Categories whose clauses are one family; of the others each clause is its own.
POOLED = frozenset("23456789")
# Clauses that stand alone in a pooled category: fraud is not advertising, gore is not lust.
ALONE = frozenset({"3.7", "4.5"})
# What a label that names only the category is shown as.
DEFAULT = {
    "1": "1.13",
    "2": "2.6",
    "3": "3.1",
    "4": "4.1",
    "5": "5.1",
    "6": "6.4",
    "7": "7.1",
    "8": "8.2",
    "9": "9.1",
}
OK = "ok"


def family(label: str) -> str:
    """The family of a clause (`2.6`) or of a category (`2`)."""
    category = label.partition(".")[0]
    return label if label in ALONE or category not in POOLED else category


def default(label: str) -> str:
    """The clause that a label is shown as."""
    return DEFAULT.get(label, label)
