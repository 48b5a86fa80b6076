"""The pages of the accounts that are ours: profile, language, sessions, my data.

Signing up, logging in, addresses and passwords are allauth's views with our templates.
"""

from .language import choose_language
from .privacy import (
    call_off_erasure,
    erasure_receipt,
    export_progress,
    fetch_export,
    order_erasure,
    order_export,
    privacy,
)
from .profile import profile

__all__ = [
    "call_off_erasure",
    "choose_language",
    "erasure_receipt",
    "export_progress",
    "fetch_export",
    "order_erasure",
    "order_export",
    "privacy",
    "profile",
]
