"""`python -m lingyu.community.pact.screening.model --cold train.csv --swsr comments.csv`: the model anew.

The same inputs give the same bytes. Without the two files it learns from our own texts alone.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from ..classifier import write
from ..classifier.observing import observed
from ..classifier.training import Plan, train
from ..deciding import Screener
from . import FILE, sources


def main() -> None:
    """Read, learn, write, and print the held-out figures."""
    parser = argparse.ArgumentParser(prog="python -m lingyu.community.pact.screening.model")
    parser.add_argument("--cold", type=Path, help="train.csv of COLD")
    parser.add_argument("--swsr", type=Path, help="comments.csv of SWSR, with columns group, text, label")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    examples = [*sources.corpus(), *sources.golden()]
    examples += sources.cold(asked.cold) if asked.cold else ()
    examples += sources.swsr(asked.swsr) if asked.swsr else ()
    steps = Screener.shipped().steps
    examples = [replace(example, hits=observed(steps, example.text)) for example in examples]
    # Self-written texts are cleaner than what people post: their precision is no licence to block.
    plan = Plan(name="shipped", count=3, governs=False, exclusive=False, may_block=False, precision=0.85)
    model, report = train(examples, plan, _tell)
    model = write(model, asked.out)
    size = asked.out.stat().st_size
    print(f"\n{len(examples)} texts, {len(model.grams)} n-grams, {size} bytes: {model.version}")
    for row in report.classes:
        print(f"{row.label:6} {row.count:6} P {row.precision:.3f} R {row.recall:.3f} F1 {row.f1:.3f}")
    print(f"accuracy {report.accuracy:.4f}, macro-F1 {report.macro_f1:.4f}; no {', '.join(report.left_out)}")


def _tell(stage: str, done: int, whole: int) -> None:
    if done == whole or done % (500 if stage == "reading" else 5) == 0:
        print(f"\r{stage} {done}/{whole}   ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
