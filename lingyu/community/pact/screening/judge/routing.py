"""What an opinion changes: a post that would pass goes to a human, or one that would go to a human passes.

Holds no network. A block, a failed check and a text that was not read whole stay as they are.
"""

import re
from dataclasses import replace

from ..deciding import Screener
from ..normalise import Views
from ..steps import Finding, Post, Signal, Trace, Verdict
from .asking import Judge, candidates
from .shapes import Opinion

# A probability from which on the judge's word alone asks for a human.
ENOUGH = 0.5
# Who speaks to the judge is not let off by it.
_SPEAKS = re.compile(
    r"忽略.{0,8}(?:以上|上述|之前|前面|规则|指令|提示)|(?:判定|判断|输出|返回|回复).{0,6}(?:通过|pass|合规|正常)|"
    r"(?:作为|你是).{0,6}(?:审核|审查|模型|助手|ai)|系统提示|提示词|(?:ignore|disregard|forget).{0,24}"
    r"(?:instruction|rule|above|previous|prompt)|system\s*prompt|\"?decision\"?\s*[:=]|<\|?(?:im_start|system)",
    re.IGNORECASE,
)


class Judged:
    """A screener with a judge behind it."""

    def __init__(self, screener: Screener, judge: Judge) -> None:
        self.screener, self.judge = screener, judge

    def screen(self, post: Post) -> Verdict:
        """The screener's verdict, routed by the judge where it has an opinion."""
        verdict = self.screener.screen(post)
        signals = [signal for trace in verdict.steps for signal in trace.signals]
        if verdict.decision == "block" or verdict.reason or not candidates(signals):
            return verdict
        normalised = Views(post.text).clean.text
        found = self.judge.opinion(post, normalised, signals)
        if found is None:
            return verdict
        versions = {**verdict.versions, "judge": self.judge.settings.model}
        verdict = replace(verdict, versions=versions)
        if verdict.decision == "pass":
            return self._doubted(verdict, post, found)
        return self._cleared(verdict, post, signals, found)

    def _doubted(self, verdict: Verdict, post: Post, found: Opinion) -> Verdict:
        grounds = [g for g in found.grounds if g.score >= ENOUGH]
        if found.decision != "review" or not grounds:
            return verdict
        findings, signals = [], []
        for ground in grounds:
            start = post.text.find(ground.evidence)
            # Evidence of the normalised or masked text has no place of its own in the writer's.
            span = (start, start + len(ground.evidence)) if start >= 0 else (0, len(post.text))
            signals.append(Signal(ground.clause, span, ground.score, self.judge.name))
            findings.append(
                Finding(ground.clause, span, post.text[slice(*span)], round(ground.score, 4), self.judge.name)
            )
        best = max(findings, key=lambda finding: finding.score)
        findings.sort(key=lambda finding: (finding is not best, -finding.score))
        steps = (*verdict.steps, Trace("judge", tuple(signals)))
        return replace(verdict, decision="review", lead=best.clause, findings=tuple(findings), steps=steps)

    def _cleared(self, verdict: Verdict, post: Post, signals: list[Signal], found: Opinion) -> Verdict:
        """Pass, unless the judge is unsure, saw anything, was spoken to, or the matter is too grave."""
        grave = any(s.strength == "block" for s in signals) or any(
            self.screener.pact.clause(f.clause).minors for f in verdict.findings
        )
        spoken_to = _SPEAKS.search(Views(f"{post.title or ''}\n{post.text}").clean.text)
        if found.decision != "pass" or found.uncertain or found.grounds or grave or spoken_to:
            return replace(verdict, steps=(*verdict.steps, Trace("judge")))
        steps = (*verdict.steps, Trace("judge"))
        return replace(verdict, decision="pass", lead=None, findings=(), steps=steps)
