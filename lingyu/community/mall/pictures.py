"""Pictures of goods stand in the mall: they are not removed.

Holds what `pictures` is told.
"""

from lingyu.community.pictures.addresses import PREFIX
from lingyu.community.pictures.uses import use

from .models import Good


@use("mall")
def shown_in_the_mall(url: str) -> bool:
    """Whether a good has this picture."""
    return Good.objects.filter(picture=url.removeprefix(PREFIX)).exists()
