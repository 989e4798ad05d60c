"""Who may move a promise, from where to where: the whole of it, as a table a reader can check by hand.

It is shown as it stands on the page “Who may say what of a promise”, and the verbs are held to it: whatever
is tried by anybody, in any state, either stands in this table or is refused.
"""

from dataclasses import dataclass

TABLE = """
who        does                 from                                   to
promiser   makes                -                                      made
promiser   makes, in a hold     -                                      waits
clock      lets in              waits                                  made
promiser   confirms             made made_again                        =
promiser   takes back           made                                   taken_back
promised   agrees to words      made made_again                        =
promised   makes again          made made_again                        made_again
promised   says kept            made made_again kept partly not_kept   kept
promised   says partly          made made_again kept partly not_kept   partly
promised   says not kept        made made_again kept partly not_kept   not_kept
promised   lets go              made made_again kept partly not_kept   released
cards      count as kept        made made_again                        kept
cards      count as partly      made made_again                        partly
cards      count as not kept    made made_again                        not_kept
"""


@dataclass(frozen=True)
class Move:
    """One row: `to` is where it stands then; the same as before where the table says “=”."""

    who: str
    does: str
    before: str
    to: str


def moves() -> list[Move]:
    """Each row of the table, one for each state it may be in before."""
    lines = TABLE.strip().splitlines()
    heads = [lines[0].index(word) for word in ("who", "does", "from", "to")]
    found = []
    for line in lines[1:]:
        who, does, states, to = (
            line[first:last].strip() for first, last in zip(heads, [*heads[1:], None], strict=True)
        )
        found += [Move(who, does, state, state if to == "=" else to) for state in states.split()]
    return found
