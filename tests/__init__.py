"""Tests of the whole house; each room's own tests lie in the room."""
