"""Facts about pictures: uploaded, removed. Holds declarations only; `actions` records them."""

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
