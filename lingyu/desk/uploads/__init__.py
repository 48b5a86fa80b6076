"""Importing files by browser: a file is put on a shelf, checked by a dry run, and then imported.

Holds the shelf (`shelf`), the processes that read what lies on it (`runs`), what an importer asks
for (`asks`) and tells (`outcome`), and the pages (`views`). Reads no file itself: it starts
`lingyu import`, the same command that people type, and shows what that says.
"""
