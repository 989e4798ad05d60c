"""Before a story leaves the house: who is in it, what gives them away, and a person who reads every line.

`words`, `listed`, `uk`, `dates`, `capitals`, `topics`, `lines`, `looking` and `anchoring` are plain Python:
they know nothing of the web.
"""
