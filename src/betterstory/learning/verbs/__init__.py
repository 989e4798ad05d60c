"""What can be done with a lesson. Every change to one is one of these verbs."""
