"""E-commerce: shops, their paid orders and refunds, and the visitors they had.

The ledger is append-only: what is booked is never changed, a refund is an entry of its own.
"""
