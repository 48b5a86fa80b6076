"""Concurrent findings, and where they leave each member: real processes, one database, thousands of times."""
