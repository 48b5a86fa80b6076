"""Tests of teaching: files, labels, the command."""
