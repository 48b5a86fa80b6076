"""The wheel's build hook: puts into it what git does not keep.

Compiles the translations and fetches the browser library. Imports neither Django nor our settings:
the build environment has hatchling and Babel only.
"""

import runpy
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GeneratedFiles(BuildHookInterface):
    """Makes `*.mo` and `static/vendor` before the files of the wheel are listed."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Called by hatchling once before each build."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from lingyu.config import messages

        messages.compile_all()
        runpy.run_path(str(root / "lingyu/look/assets.py"), run_name="assets")["fetch"]()
