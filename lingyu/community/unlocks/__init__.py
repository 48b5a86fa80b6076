"""Unlocks: articles that cost feathers, and who has bought which.

Holds prices and purchases. Who has bought an article keeps it for ever; whoever bought one that is
taken off the site has the feathers back.
"""
