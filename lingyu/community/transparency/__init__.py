"""Transparency: how the pact is applied, in public numbers that re-compute from the log, and a public log.

Holds the numbers of a month, their publication (append-only, each chained to the one before), the log of
decisions without names and texts. Reads the rows of pact and cases; decides nothing.
"""
