"""Workers that are born again whenever they are killed: `lingyu work`, and a compactor that knows no pause.

Forked from a process that has everything loaded, so that one is at work a moment after the one before died.
Their numbers stand in the data folder, in files that are called as they are.
"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Keep both alive until killed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lingyu.config.settings"
    import django

    django.setup()
    from lingyu.store.log import compacting, tidying  # noqa: F401 - loaded before anybody is born

    home, lives = Path(os.environ["LINGYU_HOME"]), {"worker": work, "compactor": compact}
    born = {_bear(home, name, live): name for name, live in lives.items()}
    while True:
        gone, _status = os.wait()
        name = born.pop(gone)
        born[_bear(home, name, lives[name])] = name


def _bear(home: Path, name: str, live: Callable[[], None]) -> int:
    if pid := os.fork():
        (home / f"{name}.new").write_text(str(pid))
        (home / f"{name}.new").rename(home / name)
        return pid
    try:
        live()
    finally:
        os._exit(1)


def work() -> None:
    """The worker as it is."""
    from django.core.management import call_command

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    call_command("work")


def compact() -> None:
    """Compact, make what is stale, copy the catalog, merge and sweep, again and again."""
    from django.utils import timezone

    from lingyu.store.log.compacting import Compactor
    from lingyu.store.log.door import inbox, log
    from lingyu.store.log.tidying import tidy

    while True:
        with log().lease():
            log().kept.due = 0
            Compactor(log(), inbox()).step()
            log().derived.build()
            tidy(log(), timezone.now())
        time.sleep(0.02)


if __name__ == "__main__":
    main()
