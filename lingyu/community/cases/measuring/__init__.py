"""How well and how soon cases are decided: agreement, overturned decisions, promised times."""
