"""`make bench`: every measurement, one after the other; name some to run only those."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run each bench as a process of its own, so that none inherits another's warm caches."""
    known = sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))
    asked = sys.argv[1:] or known
    unknown = sorted(set(asked) - set(known))
    if unknown:
        print(f"no bench is called {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    codes = []
    for name in asked:
        print(f"\n== {name}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
