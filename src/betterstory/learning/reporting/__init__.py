"""Reading a round for whoever learns from it or pays for it: its timeline, its figures, its report."""
