"""Agreements we make with one another and return to."""
