"""Rows of the accounts: members and roles, and what members asked for about their own data.

Holds state and its reading, one concern a module. Does not write: `actions` is the only writer.
"""

from .members import Member, MemberManager, MemberQuerySet, RoleGrant, RoleGrantQuerySet, Visitor
from .privacy import DataExport, Erasure, ErasureStep

__all__ = [
    "DataExport",
    "Erasure",
    "ErasureStep",
    "Member",
    "MemberManager",
    "MemberQuerySet",
    "RoleGrant",
    "RoleGrantQuerySet",
    "Visitor",
]
