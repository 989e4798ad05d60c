"""Asks, their answers, and the promises that come of them."""
