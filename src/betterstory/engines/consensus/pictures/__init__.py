"""Pictures that try to explain votes: people along a line, a bent line or a plane, or in camps with a gap."""
