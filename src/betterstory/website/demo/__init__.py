"""The invented place."""
