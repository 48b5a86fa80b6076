"""Tests of headline."""
