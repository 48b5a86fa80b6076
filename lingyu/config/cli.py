"""`lingyu …`: every command of the house.

Commands are Django management commands; each lives in the room that owns it and is found there.
"""

import os
import sys


def main() -> None:
    """Run the command line, answering in the reader's language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingyu.config.settings")
    import django
    from django.core.management import ManagementUtility
    from django.utils import translation

    # Commands translate their help when they are imported, so the language comes first.
    django.setup()
    translation.activate(language())
    utility = ManagementUtility(sys.argv)
    utility.prog_name = "lingyu"
    utility.execute()


def language() -> str:
    """The reader's language: LINGYU_LANG, else the locale of the shell, else the site's own."""
    from django.conf import settings

    for name in ("LINGYU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value.startswith(("zh", "en")):
            return "zh-hans" if value.startswith("zh") else "en"
    return settings.LANGUAGE_CODE
