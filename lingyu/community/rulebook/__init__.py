"""The rulebook: how the screening is changed, from the proposal of a change to what became of it.

Holds changes of words, rules, limits and the model; their trial in shadow and over the past, the sample
that people label, going live, and rolling back. What a screener is, and how one is made from another, is
the pact's (`community.pact.screening`).
"""
