"""Forms of what was learned."""
