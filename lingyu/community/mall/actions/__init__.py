"""The only writers of the mall. Bad input raises ValidationError and changes nothing.

An order's lock comes before its member's wallet, that before the good, that before the house's accounts:
whoever needs several takes them in this order.
"""

from .codes import import_codes, reopen_reveal, reseal, reveal_code, withdraw_codes
from .delivering import claim, conclude, give_up, hear, retry_now
from .ending import cancel_order, confirm_received, erase_addresses, refund_order, refund_overdue
from .goods import change_good, change_tiers, close_good, make_good, open_good, restock
from .ordering import Placed, place_order
from .sending import deliver_by_hand, pack_order, ship_order
from .suppliers import add_supplier, change_supplier
from .wishing import tell_wishes, unwish, wish

__all__ = [
    "Placed",
    "add_supplier",
    "cancel_order",
    "change_good",
    "change_supplier",
    "change_tiers",
    "claim",
    "close_good",
    "conclude",
    "confirm_received",
    "deliver_by_hand",
    "erase_addresses",
    "give_up",
    "hear",
    "import_codes",
    "make_good",
    "open_good",
    "pack_order",
    "place_order",
    "refund_order",
    "refund_overdue",
    "reopen_reveal",
    "reseal",
    "restock",
    "retry_now",
    "reveal_code",
    "ship_order",
    "tell_wishes",
    "unwish",
    "wish",
    "withdraw_codes",
]
