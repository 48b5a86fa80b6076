"""Facts about pictures: uploaded, removed, withheld, shown again.

Holds declarations only; `actions` records them.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("pictures.added", zh="图片上传", en="Picture added")
class PictureAdded(Event):
    """A member uploaded a picture. `bytes` is what is kept of it, after it was drawn anew."""

    picture: UUID
    bytes: int


@fact("pictures.removed", zh="图片删除", en="Picture removed")
class PictureRemoved(Event):
    """A member removed a picture of theirs; its file goes with the last member who uploaded the same."""

    picture: UUID


@fact("pictures.withheld", zh="图片下架", en="Picture withheld")
class PictureWithheld(Event):
    """`actor` (none: the house by itself) took a picture of `person` out of sight."""

    picture: UUID


@fact("pictures.shown", zh="图片恢复", en="Picture shown again")
class PictureShown(Event):
    """`actor` brought a picture of `person` back that had been taken out of sight."""

    picture: UUID
