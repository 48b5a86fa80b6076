"""Feathers: by which rules members earn and spend them, and a receipt for every attempt.

Holds rules, receipts and their pages. What feathers there are is in `ledger`; what they are earned
and spent for is declared by the rooms that reward and sell.
"""
