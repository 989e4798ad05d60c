"""Forms: of logs, and of patterns and what is asked with them."""
