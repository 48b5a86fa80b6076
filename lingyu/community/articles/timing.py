"""Times of publishing: a day and an hour as people write them, in the site's zone, as one moment.

Holds the reading of them. Where clocks are put forward, hours are left out that are no time at all;
where they are put back, an hour comes twice, and the first one is meant.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

# Further ahead it is a mistyped year.
FURTHEST = timedelta(days=366)


def moment_of(day: date, hour: time) -> datetime:
    """The moment at which the site's clocks show this day and hour.

    Raises ValidationError for an hour that is left out on that day.
    """
    zone = timezone.get_default_timezone()
    wanted = datetime.combine(day, hour.replace(second=0, microsecond=0))
    moment = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wanted:
        raise ValidationError(_("Clocks are put forward on that day: this hour is left out. Choose another."))
    return moment
