"""Votes -> what both sides agree on; groups only where there are groups."""
