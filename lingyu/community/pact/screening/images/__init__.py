"""Checks of images, all optional: QR codes, text in the picture, nudity; and what a file hides behind it.

Install them with the extra `images`. A check whose component is missing is named as not done: a picture that
nobody looked at has not passed. Nothing here blocks; what is found goes to a human.
"""

from .checks import Check, Unavailable, available
from .looking import ImageScreener, Seen
from .opening import ImageRefused, Limits

__all__ = ["Check", "ImageRefused", "ImageScreener", "Limits", "Seen", "Unavailable", "available"]
