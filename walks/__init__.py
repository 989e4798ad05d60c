"""Walks through a real browser, one for each human story."""
