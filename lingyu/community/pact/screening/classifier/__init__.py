"""The local classifier: which clause a text sounds like, learnt from labelled texts.

A linear scorer over character and syllable n-grams and over what the word banks hit. `Model` serves and needs
only numpy; `training` needs scikit-learn and is imported by whoever trains. It takes no decision: it gives
signals, each with the writer's characters that weighed most.
"""

from .flat import ModelRefused, read, write
from .model import Head, Model
from .serving import classifying

__all__ = ["Head", "Model", "ModelRefused", "classifying", "read", "write"]
