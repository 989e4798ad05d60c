"""Pages of gatherings, of the voices in them, and of what lies beneath."""
