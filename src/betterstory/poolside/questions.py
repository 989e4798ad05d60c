"""The six questions a circle begins with. Each circle may change its own set."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = (
    _("What is on your plate just now, at work and at home?"),
    _("Why do you do what you do?"),
    _("How shall we hold each other to our word?"),
    _("What do we do when we do not agree, or when something else becomes more urgent?"),
    _("What are you here for, besides what it says on paper?"),
    _("Is anything said outside this circle that belongs inside it?"),
)
