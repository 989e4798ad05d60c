"""Two bodies hold the head of the ledger, at invented addresses."""

from betterstory.promises import verbs
from betterstory.website.demo.town import Town


def hold_heads(town: Town) -> None:
    """As a steward named them some weeks ago; this month's letters have just gone."""
    for body, email in (("hospital", "records@hospital.example"), ("surgery", "letters@surgery.example")):
        verbs.name_keeper(
            body=town.body[body], email=email, by=town.person["steward"], on=town.ago(40).date()
        )
    verbs.send_heads(at=town.at)
