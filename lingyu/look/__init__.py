"""Floor 1: the design language of the house.

Holds type, space, colour, icons, formats and the components that every page is made of.
Knows no member, no metric and no operation; the site and the desks both stand on it.
"""
