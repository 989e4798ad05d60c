"""Addresses of who stands behind a story."""

from django.urls import path

from betterstory.behind.pages import answers, drafts, logs, making, patterns, releases

app_name = "behind"
urlpatterns = [
    path("", releases.index, name="index"),
    path("releases/<int:pk>/", releases.release, name="release"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/approve/", drafts.approve, name="approve"),
    path("drafts/<int:pk>/refuse/", drafts.refuse, name="refuse"),
    path("trustees/", drafts.trustees, name="trustees"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("patterns/new/", making.choose_story, name="choose_story"),
    path("patterns/from/<int:version_pk>/", making.choose_steps, name="choose_steps"),
    path("patterns/from/<int:version_pk>/steps/", making.write_steps, name="write_steps"),
    path("patterns/from-a-file/", making.pattern_file, name="pattern_file"),
    path("patterns/<int:pk>/", patterns.pattern, name="pattern"),
    path("patterns/<int:pk>/pattern.toml", patterns.as_file, name="as_file"),
    path("patterns/<int:pk>/count/", patterns.count, name="count"),
    path("patterns/<int:pk>/estimate/", patterns.estimate, name="estimate"),
    path("patterns/<int:pk>/answers/bring/", answers.bring, name="bring_answer"),
    path("patterns/<int:pk>/beside/", answers.beside, name="beside"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("answers/<int:pk>/approve/", answers.approve, name="approve_answer"),
    path("answers/<int:pk>/refuse/", answers.refuse, name="refuse_answer"),
    path("logs/", logs.logs, name="logs"),
    path("logs/bring/", logs.bring, name="bring"),
    path("logs/arrived/<uuid:uuid>/", logs.arrival, name="arrival"),
    path("logs/<int:pk>/", logs.log, name="log"),
]
