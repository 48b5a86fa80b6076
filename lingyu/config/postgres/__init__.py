"""Our PostgreSQL backend: Django's, in which emptying the tables for a test passes by what refuses it."""
