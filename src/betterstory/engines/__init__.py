"""Plain engines: no Django, no clock, no files of their own."""
