"""Events in, number out: the one table of cases that both engines are held to.

Every number is worked by hand; the comment above it says how. `test_cases` puts each through
`record()`, `ship_all()` and `ask()`, once an engine.
"""

from .base import Case
from .breaking_down import CASES as BREAKING_DOWN
from .comparing import CASES as COMPARING
from .converting import CASES as CONVERTING
from .counting import CASES as COUNTING
from .dating import CASES as DATING
from .filtering import CASES as FILTERING
from .paying import CASES as PAYING

CASES: list[Case] = [*COUNTING, *DATING, *BREAKING_DOWN, *FILTERING, *COMPARING, *CONVERTING, *PAYING]

__all__ = ["CASES", "Case"]
