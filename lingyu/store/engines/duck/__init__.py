"""The DuckDB engine: immutable Parquet files by day, a manifest that lists the live ones."""
