"""The page frame, the house stylesheet, icons, form and list pieces: what every page is made of."""
