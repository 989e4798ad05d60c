"""The pages about people: coming in, what is yours, cards, everybody, bodies, circles."""
