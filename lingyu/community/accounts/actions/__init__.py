"""The only writers of the accounts: joining, profile, roles, exports and erasure.

Every action takes `actor` first (None when nobody is logged in: a sign-up, a command) and, for
imports and the demo, the time `at` which it happened (aware; now by default).
"""

from .erasures import ask_erasure, cancel_erasure, erase_due, erase_outside_facts, finish_erasure
from .exports import ask_export, make_export, remove_outdated, take_waiting
from .members import (
    admit,
    choose_language,
    close_account,
    edit_profile,
    grant_role,
    join,
    note_sign_in,
    reopen_account,
    revoke_role,
    set_password,
    show_profile,
    show_times,
)

__all__ = [
    "admit",
    "ask_erasure",
    "ask_export",
    "cancel_erasure",
    "choose_language",
    "close_account",
    "edit_profile",
    "erase_due",
    "erase_outside_facts",
    "finish_erasure",
    "grant_role",
    "join",
    "make_export",
    "note_sign_in",
    "remove_outdated",
    "reopen_account",
    "revoke_role",
    "set_password",
    "show_profile",
    "show_times",
    "take_waiting",
]
