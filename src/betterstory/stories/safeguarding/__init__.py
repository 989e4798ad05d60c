"""Safeguarding, beside what a teller said yes to and not under it."""
