"""Our SQLite backend: Django's, with writers that queue."""
