"""Speaking with other tools: what may leave goes out in open formats, and a codebook comes in.

`project`, `placing`, `refi_out`, `refi_in`, `zips`, `tables`, `documents` and `taguette` know formats alone:
nothing of Django, of keys or of consent. `taking` asks what may leave, and is the only one that does.
"""
