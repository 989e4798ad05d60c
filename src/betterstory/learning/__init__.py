"""What one neighbourhood learned, carried to the next."""
