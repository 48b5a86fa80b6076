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
    prepare_first_use(sys.argv[1] if len(sys.argv) > 1 else "")
    utility = ManagementUtility(sys.argv)
    utility.prog_name = "lingyu"
    utility.execute()


def prepare_first_use(command: str) -> None:
    """Make the tables of an empty database before one of our own commands, so that any may come first.

    Only of an empty one: bringing an older database up to date is for `serve`, or for `migrate`. A command
    that says `needs_tables = False` reads and writes none, and so works without a database.
    """
    from django.core.management import call_command, get_commands, load_command_class
    from django.db import OperationalError, connection
    from django.utils.translation import gettext as _

    app = str(get_commands().get(command, ""))
    if not app.startswith("lingyu.") or not getattr(load_command_class(app, command), "needs_tables", True):
        return
    try:
        if not connection.introspection.table_names():
            call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        sys.exit(_("The database can't be reached: %(reason)s") % {"reason": str(error).strip()})


def language() -> str:
    """The reader's language: LINGYU_LANG, else the locale of the shell, else the site's own."""
    from django.conf import settings

    for name in ("LINGYU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value.startswith(("zh", "en")):
            return "zh-hans" if value.startswith("zh") else "en"
    return settings.LANGUAGE_CODE
