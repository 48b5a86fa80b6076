"""Segments: who is meant, built on a page, saved under a title, and used by questions under its id.

Holds saved conditions, their versions, the builder's form, and what it shows of a condition: how many, who
for instance, and why somebody is in it. Who meets a condition is `lingyu.store.explore.segments`' matter.
"""
