"""Rewards (激励运营): what feathers bring, what they cost, and the rules by which they are earned.

The console of the feathers. Rules, receipts and the ledger are the community's; this operation reads
their facts and writes by their actions (ADR 13).
"""
