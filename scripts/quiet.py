"""Runs one management command on an empty data folder, so that a check never touches a user's data."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    """`python scripts/quiet.py COMMAND …` with a LINGYU_HOME that lasts as long as the command."""
    with tempfile.TemporaryDirectory(prefix="lingyu-check-") as folder:
        os.environ["LINGYU_HOME"] = folder
        sys.argv[0] = "lingyu"
        from lingyu.config.cli import main as lingyu

        lingyu()


if __name__ == "__main__":
    main()
