"""Better Story: from one person's story to a promise kept."""
