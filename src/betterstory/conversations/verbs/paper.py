"""What a line that was typed in does to the votes: shared by typing in, typing twice and taking out again."""

from betterstory.conversations.models import Gathering, Statement, Typed, Vote
from betterstory.conversations.verbs.voices import VotingIsClosed


def lock_open(gathering: Gathering) -> Gathering:
    """The gathering, held so that nothing comes in between. Raises VotingIsClosed."""
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not gathering.voting_open:
        raise VotingIsClosed
    return gathering


def let_stand(typed: Typed, statement: Statement, choice: int | None) -> bool:
    """The vote that a typed line makes, or takes away. Not where the person pressed it by phone."""
    if Vote.objects.filter(statement=statement, voice=typed.voice_id, channel=Vote.Channel.PHONE).exists():
        return False
    if choice is None:
        Vote.objects.filter(statement=statement, voice=typed.voice_id, typed=typed).delete()
        return True
    pile = typed.pile
    Vote.objects.update_or_create(
        statement=statement,
        voice_id=typed.voice_id,
        defaults={
            "choice": choice,
            "channel": pile.channel,
            "in_room": pile.in_room,
            "entered_by": pile.typed_by,
            "typed": typed,
            "at": pile.typed_at,
        },
    )
    return True
