"""Bitmaps of people to arrays and back, without a Python object for each number."""

from array import array

import numpy as np
from pyroaring import BitMap


def bitmap_of(numbers: np.ndarray) -> BitMap:
    """The set of these numbers (below 2³²)."""
    return BitMap(array("I", np.ascontiguousarray(numbers, np.uint32).tobytes()))


def numbers_of(bitmap: BitMap) -> np.ndarray:
    """The numbers of a set, ascending, as uint32."""
    return np.array(bitmap.to_array())
