"""What members are told when something happens elsewhere: once for each event, in its own transaction.

One module for what it is about; each tells only what its own event says.
"""

from . import feathers, friends, mall, pact, talk

__all__ = ["feathers", "friends", "mall", "pact", "talk"]
