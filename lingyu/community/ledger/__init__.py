"""The ledger of feathers: accounts, transfers and lots, in double entry and append-only.

Holds whose feathers are where and how they came there. Knows members by their ids and whole numbers
of feathers; nothing of rules, articles or goods (`feathers` does).
"""
