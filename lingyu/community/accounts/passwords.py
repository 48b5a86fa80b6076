"""Passwords: what is asked of them, in words that are translated.

Holds the one check whose message Django 5.2 changed and no longer translates.
"""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Refuses passwords of fewer than `min_length` characters."""

    def get_error_message(self):
        """What whoever chose it reads."""
        words = ngettext(
            "This password is too short: it needs at least %(num)d character.",
            "This password is too short: it needs at least %(num)d characters.",
            self.min_length,
        )
        return words % {"num": self.min_length}
