"""What can be timed, each against its peers in one run."""
