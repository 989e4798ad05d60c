"""Scripts that run a peer, each with the Python of the peer's own environment. We import none of them."""
