"""Floor 2: the console of the operators.

Holds the shell of the desks: frames (period, comparison, filters), tiles, panels, the bridge,
exports, goals. Knows operations by their manifest only, and no member beyond who is signed in.
"""
