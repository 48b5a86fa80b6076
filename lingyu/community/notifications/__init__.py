"""Notifications: what a member is told of what others did, here and by mail.

Holds the kinds there are, the notifications, what each member wants to be told and how, the centre and
its bell, and the e-mail digest. Knows the facts of other rooms and nothing else of them; what is told
is told once for ever.
"""
