"""The screener of posts, as a library without Django.

    screener = Screener.shipped()
    verdict = screener.screen(Post("…", kind="comment"))

A verdict is pass, review or block, with clauses, the writer's own characters, scores and versions. Nothing is
loaded before it is asked for: importing takes milliseconds, `Screener.shipped()` reads banks and tables.
"""

from .deciding import Screener
from .steps import Finding, NamedStep, Post, Scene, Signal, Step, Trace, Verdict

__all__ = ["Finding", "NamedStep", "Post", "Scene", "Screener", "Signal", "Step", "Trace", "Verdict"]
