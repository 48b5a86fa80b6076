"""Journeys in a real browser, against the server as users start it, on the simulated demo."""
