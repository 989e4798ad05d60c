"""What cannot be done with a story, each with a sentence a person can act on."""

from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal


class NotYourStory(Refusal):
    """Somebody who is neither the teller nor their helper asked to change or decide about a story."""

    code, status = "not-your-story", 403
    words = _("This story belongs to somebody else.")


class TitleStands(NotYourStory):
    """A helper asked to change what stands on every version, while one of them is agreed."""

    code = "title-stands"
    words = _("The title and the name stand on words that were agreed. Only the teller can change them.")


class TooLong(Refusal):
    """More words than one story can hold."""

    code, status = "too-long", 422
    words = _("This is longer than one story can hold. Tell the rest as a second story.")


class AlreadyAgreed(Refusal):
    """This version was read back and agreed: a change begins a new one."""

    code = "already-agreed"
    words = _("This version is agreed and stays as it is. Begin a new version to change it.")


class TakenBack(Refusal):
    """The story was taken back."""

    code = "taken-back"
    words = _("This story was taken back. Nothing can be added to it.")


class NoSuchStep(Refusal):
    """A gap was to stand after a step of another story."""

    code, status = "no-such-step", 422
    words = _("Choose one of the steps of this story.")


class ChangedSince(Refusal):
    """Somebody changed the words between the reading back and the yes to them."""

    code = "changed-since"
    words = _("Somebody changed it meanwhile. Open it in a second window, compare, and send it again.")


class LimitsFirst(Refusal):
    """The limits of confidentiality come before the first word."""

    code, status = "limits-first", 422
    words = _("Read first what we may have to pass on, and tick that you have. Then your story can begin.")


class NoLead(Refusal):
    """Nobody is named whom a teller could be told of."""

    code, status = "no-lead", 422
    words = _(
        "No story can begin yet: nobody is named who has to know when somebody is in danger. "
        "Ask whoever looks after this place to name a safety lead."
    )
