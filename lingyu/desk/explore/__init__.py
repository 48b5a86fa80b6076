"""Exploring below every desk: questions of facts from outside, in the address, answered and drawn.

Holds the hub, the forms, drawings, exports, saved questions and embedded answers. Counts nothing:
`lingyu.store.explore` does, and `lingyu.kernel.questions` says what a question is.
"""
