"""Sharing and inviting: signed links, the people who came by them, and feathers for those who really read.

Holds links, arrivals, invitations and the tree they make. A share earns nothing, and neither does an
opened link: what counts is an effective read by somebody else, held for a day.
"""
