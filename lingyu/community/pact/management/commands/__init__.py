"""Commands of the pact."""
