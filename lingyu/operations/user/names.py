"""The names behind the values in facts of groups, for the rows of a breakdown."""

from uuid import UUID

from django.utils.translation import gettext as _

from .models import Group, Membership


def group_names(keys: list) -> dict[str, str]:
    """What groups are called, by id."""
    return {str(id): name for id, name in Group.objects.filter(id__in=_ids(keys)).values_list("id", "name")}


def kind_names(keys: list) -> dict[str, str]:
    """What kinds of messages are called."""
    words = kinds()
    return {key: words[key] for key in keys if key in words}


def how_names(keys: list) -> dict[str, str]:
    """How a stay ended."""
    return {key: str(Membership.How(key).label) for key in keys if key in Membership.How.values}


def kinds() -> dict[str, str]:
    """Every kind of message, in the reader's language."""
    return {
        "text": _("Written words"),
        "image": _("Picture"),
        "sticker": _("Sticker"),
        "emoji": _("Emoji only"),
        "voice": _("Voice"),
        "video": _("Video"),
        "file": _("File"),
        "link": _("Link"),
        "red_packet": _("Red packet"),
        "system": _("System notice"),
        "other": _("Other"),
    }


def reasons() -> dict[str, str]:
    """Why a message does not count, in the reader's language."""
    return {
        "kind": _("a kind that does not count"),
        "system": _("a notice of the system"),
        "phrase": _("a phrase that says nothing"),
        "short": _("too short"),
    }


def _ids(keys: list) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(str(key)))
        except ValueError:
            continue
    return found
