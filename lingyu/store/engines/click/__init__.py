"""ClickHouse: one table on a server, for stores that outgrow one machine."""
