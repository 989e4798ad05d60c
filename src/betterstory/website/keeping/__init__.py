"""Keeping it safe: encrypted copies, putting one back, trying that out, and saying in words what is wrong.

`copying` makes copies of the database, and apart from them of the keys; `opening` opens and checks one;
`staging` tries one in a folder aside, as a child process (`trial`); `restoring` puts it in place; `record`
remembers what was done when; `doctor` looks at everything.
"""
