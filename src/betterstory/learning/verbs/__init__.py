"""What can be done with what is learned. Every change is one of these verbs."""
