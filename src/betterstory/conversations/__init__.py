"""Big Conversations: gatherings, statements, voices, and what lies beneath."""
