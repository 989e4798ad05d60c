"""Where people go next: a map of a contact log."""
