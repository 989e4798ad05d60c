"""Agreements we make with one another before diving in, and return to."""
