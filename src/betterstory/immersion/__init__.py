"""Diving in: the log of small useful acts, and what we noticed on the way."""
