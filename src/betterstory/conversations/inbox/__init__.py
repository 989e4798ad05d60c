"""The second laptop of a hall: a pack goes out with it, an inbox comes home.

`pack` is the file it is given, `sealing` one line for home alone, `writing` the file lines are added to,
`reading` that file at home, `evening` what the second laptop knows while the evening lasts. None of these
touches a database.
"""
