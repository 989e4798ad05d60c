"""Pages of the wall: reading it, asking and answering, promising and judging."""
