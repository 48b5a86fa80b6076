"""Outside files: chat exports of groups, as text or as a table, and tables of events. Adapters only."""
