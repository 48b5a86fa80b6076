"""The pages of the rulebook, one module a concern. Find, call, render."""

from .changing import change, concerned, differences, in_force, new_change, progress, rulebook
from .labelling import draw, sample
from .moving import go_live, roll_back, undo, withdraw

__all__ = [
    "change",
    "concerned",
    "differences",
    "draw",
    "go_live",
    "in_force",
    "new_change",
    "progress",
    "roll_back",
    "rulebook",
    "sample",
    "undo",
    "withdraw",
]
