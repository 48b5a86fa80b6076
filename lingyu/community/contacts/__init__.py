"""How often members are written to, whoever writes: one budget and one quiet time for all desks.

Holds who was contacted when, and the terms. Sends nothing: whoever sends claims a contact first.
"""
