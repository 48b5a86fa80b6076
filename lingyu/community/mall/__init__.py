"""The mall: goods for feathers, orders and their delivery, and pools of codes.

Holds what is sold and what became of each order. Feathers move in `ledger`, by `feathers`; what
operators see of it is a desk of the operation `rewards`.
"""
