"""Discovery: which rooms stand in the house, found by their folders.

A new operation is one folder: this module finds it, so no list has to be edited.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
# Modules of a room that declare something.
DECLARING = ("events", "metrics", "levers", "rewards", "reactions", "jobs", "privacy", "ways", "operation")


def operations() -> list[str]:
    """Module paths of all operations: folders of `lingyu/operations` with an `operation.py`."""
    found = sorted(p.parent.name for p in (PACKAGE / "operations").glob("*/operation.py"))
    return [f"lingyu.operations.{name}" for name in found]


def community() -> list[str]:
    """Module paths of the community's apps: folders of `lingyu/community` with an `apps.py`."""
    found = sorted(p.parent.name for p in (PACKAGE / "community").glob("*/apps.py"))
    return [f"lingyu.community.{name}" for name in found]


def apps() -> list[str]:
    """Our Django apps, lowest floor first."""
    return ["lingyu.store", "lingyu.look", *community(), "lingyu.desk", "lingyu.collector", *operations()]


def template_folders() -> list[Path]:
    """Where our own (Jinja) templates lie: each room's `templates` folder."""
    return [f for app in apps() if (f := PACKAGE.parent.joinpath(*app.split(".")) / "templates").is_dir()]


def load_declarations() -> None:
    """Import what every room declares, so that the registries are complete."""
    for app in apps():
        for module in DECLARING:
            if find_spec(f"{app}.{module}"):
                import_module(f"{app}.{module}")
