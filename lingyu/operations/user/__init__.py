"""User operations: members and the groups they belong to; who takes part, who turns, who is lost, and why.

Its final KPI is the members who are active in groups.
"""
