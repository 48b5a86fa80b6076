"""Outside files of groups: chat exports, as text or as a table. Holds adapters; `actions` writes."""
