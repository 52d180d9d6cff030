"""Publications for tests, named by where they stand: `make_publication(county, at="served")`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dayu.cases.models import CaseParty
from dayu.cases.tests.situations import _STEPS, MONDAY, STAGES, Played, make_case
from dayu.core import clock
from dayu.disclosure import services
from dayu.disclosure.models import Publication

NAME, IDENTITY, PHONE, HOME = "张三丰", "99012119800101001X", "13800138000", "白鹿镇河滨路八号三单元"


@dataclass
class Told:
    """A case that was decided, and the publication that follows from it."""

    played: Played
    publication_id: int

    @property
    def publication(self) -> Publication:
        """The publication as it stands now."""
        rows = Publication.objects.select_related("agency", "case__organ", "party", "document__organ", "owner", "pdf")
        return rows.get(pk=self.publication_id)

    def by(self, who: str) -> dict[str, Any]:
        """`actor` and `moment` of an act."""
        return self.played.by(who)

    def on(self, day: date, hour: int = 10) -> Told:
        """Move to a day."""
        moment = clock.legal_moment(day, hour)
        self.played.moment = moment
        clock.move_to(moment)
        return self

    def serve(self) -> Told:
        """The decision reaches the party today."""
        _STEPS["served"](self.played, 20_000)
        self.played.deliver()
        return self

    def publish(self) -> Publication:
        """The disclosure officer publishes today."""
        return services.publish_decision(self.publication, **self.by("disclosure_officer"))


def make_publication(
    county: Any, *, at: str = "decided", moment: datetime = MONDAY, kind: str = "citizen", name: str = NAME
) -> Told:
    """A decided case of a person with a full name, and its masked draft; `served` and `published` go on from there."""
    played = make_case(county, at="open", moment=moment)
    values = {"name": name, "phone": PHONE, "address": HOME, "kind": kind}
    if kind == "citizen":
        values["id_no"] = IDENTITY
    else:
        values |= {
            "id_no": "",
            "uscc": "91990121MA0000001X",
            "legal_representative": NAME,
            "gender": "",
            "born_on": None,
        }
    CaseParty.objects.filter(pk=played.parties[0].pk).update(**values)
    for stage in STAGES[1 : STAGES.index("decided") + 1]:
        _STEPS[stage](played, 20_000)
    played.deliver()
    told = Told(played, Publication.objects.latest("pk").pk)
    if at in ("served", "published"):
        told.serve()
    if at == "published":
        told.publish()
    return told
