"""Everything that happens in the invented county: leads, present cases, and the closed cases of five years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dayu.cases.models import Case
from dayu.demo.leads import other_leads
from dayu.demo.playing import Company, play
from dayu.demo.statutes import make_statutes
from dayu.demo.stories import PRESENT, past_stories
from dayu.demo.unified_forms import make_form_set
from dayu.demo.waters import make_waters
from dayu.org.models import Agency


def play_all(agency: Agency, *, today: date, only: int = 0, say: Callable[[str], object] = print) -> int:
    """Play every story that is not there yet; answers how many were played. The newest come first, to be looked at."""
    company = Company(agency, today)
    make_waters()
    make_statutes(agency)
    make_form_set()
    other_leads(company, today=today)
    known = set(Case.objects.filter(organ=agency).values_list("title", flat=True))
    stories = [s for s in (*PRESENT, *reversed(past_stories())) if s.title not in known]
    for number, story in enumerate(stories[:only] if only else stories, start=1):
        case = play(company, story, today=today)
        say(f"{number}/{len(stories)} {case}")
    return len(stories)
