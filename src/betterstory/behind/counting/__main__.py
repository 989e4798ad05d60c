"""`python -m betterstory.behind.counting`: the process apart."""

from betterstory.behind.counting.child import main

main()
