"""The place, its neighbourhoods and rounds, and the rings of everyday life."""
