"""Who stands behind a line of the public log, without saying who: one name a member and calendar year.

HMAC-SHA-256 of year and id under a key that follows from the site's secret key, cut to 40 bits: within a
year the lines of one member can be told to belong together, and from year to year they cannot.
"""

from base64 import b32encode
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

_SALT = "lingyu.community.transparency.pseudonyms"
_LINES = "lingyu.community.transparency.lines"


def pseudonym(member: UUID, moment: datetime) -> str:
    """The member's name in the log for the calendar year of `moment`, as “7QK2-M4XD”."""
    year = timezone.localtime(moment).year
    digest = salted_hmac(_SALT, f"{year}:{member}", algorithm="sha256").digest()
    written = b32encode(digest[:5]).decode()
    return f"{written[:4]}-{written[4:]}"


def line_id(decision: UUID) -> UUID:
    """The id of a decision's line: that of the decision itself would tell the millisecond it was made in."""
    return UUID(bytes=salted_hmac(_LINES, str(decision), algorithm="sha256").digest()[:16], version=4)
