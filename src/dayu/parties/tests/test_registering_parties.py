"""Registering, changing, renaming, numbers, representatives, class, standing, links: works, wrong person, wrong time."""

from datetime import date

import pytest

from dayu.core.audit import AuditEntry
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.core.search import find
from dayu.parties.identifiers import id_card_is_valid, uscc_is_valid
from dayu.parties.matching import find_matches, same_parties
from dayu.parties.models import PartyKind
from dayu.parties.services import (
    add_identifier,
    change_party,
    decide_party_class,
    link_parties,
    name_representative,
    record_party_standing,
    register_object,
    register_party,
    rename_party,
    withdraw_identifier,
)
from dayu.parties.tests.conftest import NOW, TODAY, id_card, rules, uscc


def test_check_characters_tell_right_numbers_from_wrong_ones():
    good, code = id_card(), uscc()
    assert id_card_is_valid(good, today=TODAY) and uscc_is_valid(code)
    for place in range(17):
        changed = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]
        assert not id_card_is_valid(changed, today=TODAY)
    assert not uscc_is_valid(code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert not uscc_is_valid(code.replace("A", "I"))
    assert not id_card_is_valid(id_card("20300101"), today=TODAY)
    assert not id_card_is_valid(id_card("19800231"), today=TODAY)


def test_a_party_is_registered_with_its_number_and_birthday_and_the_act_is_kept(register):
    party = register(identifiers={"id_card": id_card().lower()})
    assert party.born_on == date(1980, 1, 1)
    assert party.identifiers.get().value == id_card()
    entry = AuditEntry.objects.get(action="parties.register_party")
    assert entry.subject == f"parties.party:{party.pk}"
    assert id_card() not in str(entry.detail)


@pytest.mark.parametrize("kind", PartyKind.values)
def test_every_kind_has_a_place_in_the_law(register, kind):
    party = register(kind=kind)
    assert party.law_kind.threshold_class in ("citizen", "organisation")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"kind": "martian"}, "parties.unknown_kind"),
        ({"name": "  "}, "parties.name_needed"),
        ({"identifiers": {"id_card": "990121198001010011"}}, "parties.identifier_invalid"),
        ({"identifiers": {"uscc": "91990121MA00000A10"}}, "parties.identifier_invalid"),
        ({"identifiers": {"id_card": id_card("20150101")}}, "parties.is_a_minor"),
        ({"kind": "minor_with_guardian", "identifiers": {"id_card": id_card()}}, "parties.is_of_age"),
    ],
)
def test_what_cannot_be_right_is_refused(register, changed, rule):
    with pytest.raises(Refused) as caught:
        register(**changed)
    assert rules(caught) == [rule]


def test_a_minor_has_a_guardian(register):
    parent = register(name="张大江")
    child = register(name="张小溪", kind="minor_with_guardian", born_on=date(2015, 1, 1), guardian=parent)
    assert child.guardian == parent and child.law_kind.range_class == "citizen"


def test_only_officers_and_registrars_register(county):
    for actor in (county.head, county.archivist, county.supervisor):
        with pytest.raises(Refused) as caught:
            register_party(None, actor=actor, moment=NOW, kind="citizen", name="张三")
        assert rules(caught) == ["core.not_permitted"]


def test_the_same_number_twice_is_refused_until_somebody_has_compared(register):
    register(identifiers={"id_card": id_card()})
    with pytest.raises(Refused) as caught:
        register(name="张水升", identifiers={"id_card": id_card()})
    assert rules(caught) == ["parties.already_registered"]
    assert register(name="张水升", identifiers={"id_card": id_card()}, despite_match=True).pk


def test_matches_are_the_surest_first_and_only_suggested(county, register):
    register()
    register(phone="")
    sure = register(name="张水升", identifiers={"id_card": id_card()})
    found = find_matches(county.officer, name="张水生", identifiers={"id_card": id_card()}, phone="13912345678")
    assert [m.sureness for m in found] == ["certain", "likely", "possible"]
    assert found[0].party == sure
    assert find_matches(county.stranger, name="张水生") == []


def test_linked_records_both_stay_and_a_later_finding_replaces_the_link(county, register):
    one, other, third = register(), register(phone=""), register(phone="1")
    link_parties(one, actor=county.officer, moment=NOW, other=other, reason="同一身份证")
    link_parties(third, actor=county.officer, moment=NOW, other=other, reason="同一身份证")
    assert {p.pk for p in same_parties(one)} == {other.pk, third.pk}
    link_parties(other, actor=county.officer, moment=NOW, other=third, reason="经核不同", relation="different")
    assert same_parties(one) == [other]


def test_a_party_is_not_linked_to_itself_nor_by_somebody_elsewhere_nor_without_reason(county, register):
    one, other = register(), register(phone="")
    with pytest.raises(Refused) as caught:
        link_parties(one, actor=county.officer, moment=NOW, other=one, reason="x")
    assert rules(caught) == ["parties.link_to_another"]
    with pytest.raises(Refused) as caught:
        link_parties(one, actor=county.stranger, moment=NOW, other=other, reason="x")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        link_parties(one, actor=county.officer, moment=NOW, other=other, reason=" ")
    assert rules(caught) == ["parties.reason_needed"]


def test_contact_fields_change_and_the_entry_names_them(county, register):
    party = register()
    change_party(party, actor=county.second_officer, moment=NOW, phone="13800000000")
    party.refresh_from_db()
    assert party.phone == "13800000000"
    assert AuditEntry.objects.get(action="parties.change_party").detail == {"changed": ["phone"]}
    with pytest.raises(Refused) as caught:
        change_party(party, actor=county.stranger, moment=NOW, phone="1")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(TypeError):
        change_party(party, actor=county.officer, moment=NOW, name="李四")


def test_a_renamed_party_keeps_its_earlier_name_and_others_hear_of_it(county, register):
    party = register(name="泽川县顺达砂石厂", kind="company")
    rename_party(
        party, actor=county.officer, moment=NOW, name="泽川县顺达砂石有限公司", until=TODAY, reason="变更登记"
    )
    assert party.earlier_names.get().name == "泽川县顺达砂石厂"
    assert EventRow.objects.get(name="parties.PartyRenamed").content["name_before"] == "泽川县顺达砂石厂"
    assert [e.object_id for e in find("顺达砂石厂", actor=county.officer)] == [str(party.pk)]
    with pytest.raises(Refused) as caught:
        rename_party(party, actor=county.officer, moment=NOW, name=party.name, until=TODAY, reason="变更")
    assert rules(caught) == ["parties.same_name"]
    with pytest.raises(Refused) as caught:
        rename_party(party, actor=county.stranger, moment=NOW, name="别名", until=TODAY, reason="变更")
    assert rules(caught) == ["core.not_permitted"]


def test_numbers_are_added_once_and_withdrawn_with_a_reason(county, register):
    party = register(kind="company", name="甲公司")
    row = add_identifier(party, actor=county.officer, moment=NOW, kind="uscc", value=uscc())
    with pytest.raises(Refused) as caught:
        add_identifier(party, actor=county.officer, moment=NOW, kind="uscc", value=uscc())
    assert rules(caught) == ["parties.identifier_is_there"]
    with pytest.raises(Refused) as caught:
        add_identifier(party, actor=county.stranger, moment=NOW, kind="uscc", value=uscc())
    assert rules(caught) == ["core.not_permitted"]
    withdraw_identifier(party, actor=county.officer, moment=NOW, identifier_id=row.pk, reason="录错")
    with pytest.raises(Refused) as caught:
        withdraw_identifier(party, actor=county.officer, moment=NOW, identifier_id=row.pk, reason="录错")
    assert rules(caught) == ["parties.no_such_identifier"]
    with pytest.raises(Refused) as caught:
        withdraw_identifier(party, actor=county.stranger, moment=NOW, identifier_id=row.pk, reason="录错")
    assert rules(caught) == ["core.not_permitted"]


def test_an_authorised_representative_needs_the_extent_of_the_authority(county, register):
    party = register()
    values = {"actor": county.officer, "moment": NOW, "name": "吴言", "valid_from": TODAY}
    with pytest.raises(Refused) as caught:
        name_representative(party, role="authorised", **values)
    assert rules(caught) == ["parties.authority_needed"]
    assert name_representative(party, role="authorised", authority="代收文书、陈述申辩", **values).pk
    with pytest.raises(Refused) as caught:
        name_representative(party, role="contact", **(values | {"actor": county.archivist}))
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        name_representative(party, role="contact", valid_until=date(2020, 1, 1), **values)
    assert rules(caught) == ["parties.days_in_order"]


def test_until_somebody_decides_a_sole_trader_stands_at_the_lower_threshold(county, register):
    party = register(kind="individual_business", name="白鹿镇老张砂石经营部")
    assert party.law_kind.threshold_class == "citizen" and party.law_kind.ask
    decide_party_class(
        party, actor=county.officer, moment=NOW, treated_as="organisation", reason="有字号，按字号从事经营"
    )
    assert (party.treated_as, party.treated_by) == ("organisation", county.officer.name)


def test_a_class_is_decided_by_the_right_person_with_a_reason_where_it_is_open(county, register):
    party, plain = register(kind="branch", name="甲公司泽川分公司"), register()
    with pytest.raises(Refused) as caught:
        decide_party_class(party, actor=county.registrar, moment=NOW, treated_as="citizen", reason="x")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        decide_party_class(party, actor=county.officer, moment=NOW, treated_as="citizen", reason="")
    assert rules(caught) == ["parties.reason_needed"]
    with pytest.raises(Refused) as caught:
        decide_party_class(plain, actor=county.officer, moment=NOW, treated_as="organisation", reason="x")
    assert rules(caught) == ["parties.class_is_clear"]


def test_death_and_deregistration_are_recorded_with_day_and_proof(county, register):
    party = register()
    values = {"actor": county.officer, "moment": NOW, "words": "派出所证明"}
    record_party_standing(party, standing="deceased", on=date(2026, 10, 1), **values)
    assert EventRow.objects.get(name="parties.PartyStandingChanged").content["standing"] == "deceased"
    with pytest.raises(Refused) as caught:
        record_party_standing(party, standing="deceased", on=date(2026, 10, 1), **values)
    assert rules(caught) == ["parties.same_standing"]
    with pytest.raises(Refused) as caught:
        record_party_standing(party, standing="vanished", on=date(2027, 1, 1), **values)
    assert rules(caught) == ["parties.day_in_the_future"]
    with pytest.raises(Refused) as caught:
        record_party_standing(party, standing="vanished", on=TODAY, **(values | {"actor": county.stranger}))
    assert rules(caught) == ["core.not_permitted"]


def test_a_site_is_registered_with_whoever_runs_it(county, register):
    party = register(kind="company", name="甲公司")
    site = register_object(
        None, actor=county.officer, moment=NOW, kind="sand_site", name="白鹿河二号采区", party=party
    )
    assert list(party.objects_run.all()) == [site]
    with pytest.raises(Refused) as caught:
        register_object(None, actor=county.archivist, moment=NOW, kind="site", name="x")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        register_object(None, actor=county.officer, moment=NOW, kind="castle", name="x")
    assert rules(caught) == ["parties.unknown_kind"]
