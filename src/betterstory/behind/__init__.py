"""Who stands behind a story: patterns, counts and estimates."""
