"""Who takes part: people, how they come in, their part, bodies and posts, circles."""
