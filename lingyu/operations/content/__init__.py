"""Content operations (内容运营): what is read, said and published, and what moved it.

The first version reads the community's facts; placement, calendar and tone come later.
"""
