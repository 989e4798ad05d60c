"""A site without the frame's own pages, as the small one of a hall is."""

urlpatterns: list[object] = []
