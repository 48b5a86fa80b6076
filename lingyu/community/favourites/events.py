"""Facts about favourites: added, filed, removed.

Holds declarations only; `actions` records them. `author` is the member id of the article's writer. The
names of folders and the notes are nobody's business and no part of a fact.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("favourites.added", zh="收藏文章", en="Favourite added")
class FavouriteAdded(Event):
    """`person` keeps an article from now on."""

    article: UUID
    author: str
    column: str | None = None


@fact("favourites.filed", zh="整理收藏", en="Favourite filed")
class FavouriteFiled(Event):
    """`person` put an article that they keep into another folder, or changed the note on it."""

    article: UUID
    author: str
    column: str | None = None


@fact("favourites.removed", zh="取消收藏", en="Favourite removed")
class FavouriteRemoved(Event):
    """`person` keeps an article no longer, or left the site."""

    article: UUID
    author: str
    column: str | None = None
