"""Rings: accounts that act together, told by what they post and share, and by how feathers go round.

Holds how clusters are found, why, and what a person says of them. Nothing here punishes: a confirmed
cluster becomes cases, which are decided as any other.
"""
