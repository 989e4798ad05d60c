"""Forms of gatherings, voices and the iceberg."""
