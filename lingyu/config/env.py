"""Typed reading of the environment, and the folder where the house keeps its data.

Holds no setting itself: `settings` says what each one means.
"""

import os
import secrets
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The variable `name`, or the content of the file that `name`_FILE points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Whether `name` is set to 1, true, yes or on."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """`name` as an integer; a wrong value stops the start with the variable's name."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise SystemExit(f"{name}={value!r} is not a whole number") from None


def home() -> Path:
    """The data folder, made if missing: LINGYU_HOME; in a checkout `.lingyu` beside the Makefile, so
    that a command sees what `make run` serves; else `lingyu` in the user's data folder."""
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "Makefile").is_file() and (checkout / "manage.py").is_file():
        default = checkout / ".lingyu"
    else:
        default = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "lingyu"
    folder = Path(os.environ.get("LINGYU_HOME") or default).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def kept_secret(folder: Path) -> str:
    """SECRET_KEY from the environment, or one made once and kept in the data folder."""
    if key := text("LINGYU_SECRET_KEY"):
        return key
    path = folder / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text().strip()
