"""Where everything meets: settings, addresses, the command line, and the pages that look up."""
