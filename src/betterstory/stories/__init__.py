"""Stories and their tellers: what was told, what its teller said yes to, and how it may be shown."""
