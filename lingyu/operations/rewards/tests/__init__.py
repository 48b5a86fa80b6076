"""Tests of this operation: facts in by the actions, numbers out by the query."""
