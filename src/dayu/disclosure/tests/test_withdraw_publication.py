from datetime import date

import pytest

from dayu.cases.models import JournalEntry
from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.disclosure import public, services
from dayu.disclosure.models import LatePublication, Publication
from dayu.disclosure.tests.situations import make_publication


def revoke(told, day):
    services.record_revocation(
        told.publication, actor=SYSTEM, moment=told.played.moment, revoked_on=day, reason="复议撤销"
    )


def withdraw(told, who="disclosure_officer", reason="决定已被复议机关撤销"):
    return services.withdraw_publication(told.publication, reason=reason, **told.by(who))


def test_the_content_leaves_the_page_and_the_reason_stays(county):
    told = make_publication(county, at="published")
    withdraw(told)
    shown = public.decision(told.publication.code)
    assert shown.withdrawn_reason == "决定已被复议机关撤销" and shown.party == "" and shown.facts == ""
    assert public.decision_pdf(told.publication.code) is None
    assert public.decisions().rows == ()
    assert JournalEntry.objects.filter(case=told.publication.case, kind="publication_withdrawn").exists()


def test_withdrawal_within_three_working_days_is_in_time_and_later_is_not(county):
    told = make_publication(county, at="published")
    revoke(told, date(2026, 3, 20))
    assert told.publication.withdraw_due_on == date(2026, 3, 25)
    told.on(date(2026, 3, 26))
    withdraw(told)
    late = LatePublication.objects.get()
    assert (late.manner, late.working_days_late) == ("withdrawn", 1)


def test_an_officer_and_a_stranger_withdraw_nothing(county):
    told = make_publication(county, at="published")
    for who in ("officer", "stranger"):
        with pytest.raises(Refused, match=r"core\.not_permitted"):
            withdraw(told, who=who)


def test_without_a_reason_before_release_and_twice_it_is_refused(county):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"disclosure\.not_released"):
        withdraw(told)
    told.publish()
    with pytest.raises(Refused, match=r"disclosure\.withdrawal_without_reason"):
        withdraw(told, reason=" ")
    withdraw(told)
    with pytest.raises(Refused, match=r"disclosure\.not_released"):
        withdraw(told)
    assert told.publication.state == Publication.WITHDRAWN
