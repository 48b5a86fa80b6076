"""Where the files of models lie that changes name: in the data folder, called by what is in them.

Holds keeping and reading. A file is never changed: another model has another name.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lingyu.community.pact.screening.classifier import Model, ModelRefused, read

LARGEST = 16 * 2**20


def folder() -> Path:
    """The folder of the models."""
    return Path(settings.LINGYU_HOME) / "rulebook" / "models"


def keep(data: bytes, name: str) -> dict:
    """Keep an uploaded model; {"digest", "name", "version", "size"}. ValidationError for what is none."""
    if len(data) > LARGEST:
        raise ValidationError(_("%(name)s: larger than any model."), params={"name": name})
    digest = sha256(data).hexdigest()
    place = folder() / f"{digest}.bin"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".part")
        beside.write_bytes(data)
        try:
            read(beside)
        except ModelRefused as error:
            beside.unlink(missing_ok=True)
            raise ValidationError(
                _("%(name)s: this is no model written by “lingyu train-screen”."), params={"name": name}
            ) from error
        beside.replace(place)
    return {"digest": digest, "name": name[:80], "version": model(digest).version, "size": len(data)}


@lru_cache(maxsize=4)
def model(digest: str) -> Model:
    """The model of this name. ValidationError when it is not there, or is damaged."""
    try:
        return read(folder() / f"{digest}.bin")
    except ModelRefused as error:
        raise ValidationError(_("The file of the model is not in the data folder any more.")) from error
