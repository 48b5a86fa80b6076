"""Cases: reports by members and findings of the screening become one case a subject; people decide it.

Holds reports, the queue with its leases, decisions, appeals, and the quality of reviewing. What a
decision means for a member's standing is the pact's (`community.pact`).
"""
