"""Comments: what members say below an article, and the review each comment passes first.

Holds comments, their approvals and removals, the section below an article and the review page.
Does not hold the pact nor penalties: a hand-operated review stands in for them until they come.
"""
