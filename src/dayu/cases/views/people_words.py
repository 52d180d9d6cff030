"""Parties and officers in words: covered where the reader has no purpose, open for those who handle the case."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases.models import CaseParty
from dayu.cases.screen_reads import CasePage, OfficerRow
from dayu.cases.views.steps import language
from dayu.core.ui import parts
from dayu.law.party_kinds import party_kinds
from dayu.parties.identifiers import covered_address, covered_name, covered_number, covered_phone


def kind_name(kind: str) -> str:
    """自然人, 公司 …"""
    known = party_kinds().get(kind)
    if known is None:
        return kind
    return known.en if language().startswith("en") else known.zh


def kind_choices() -> list[tuple[str, str]]:
    """All kinds of parties with their words."""
    return [(key, kind_name(key)) for key in party_kinds()]


def shown_name(party: CaseParty, *, is_open: bool) -> str:
    """The name; of natural persons covered without a purpose."""
    return party.name if is_open or not party.natural_person else covered_name(party.name)


def age_on(born: date | None, day: date) -> int | None:
    """Full years of age."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def party_pairs(page: CasePage, party: CaseParty) -> list[parts.Pair]:
    """What the first tab shows about a party."""
    is_open, person = page.handles, party.natural_person
    age = age_on(party.born_on, page.today)
    who = kind_name(party.kind) + (_("，%(n)s 岁") % {"n": age} if age is not None and is_open else "")
    pairs = [parts.Pair(_("姓名") if person else _("名称"), f"{shown_name(party, is_open=is_open)}（{who}）")]
    number = party.id_no if person else party.uscc
    if number:
        hidden = person and not is_open
        pairs.append(parts.Pair(_("证件号码") if person else _("信用代码"), covered_number(number) if hidden else number))
    if party.legal_representative:
        pairs.append(parts.Pair(_("法定代表人"), party.legal_representative))
    if party.phone:
        pairs.append(parts.Pair(_("电话"), party.phone if is_open else covered_phone(party.phone)))
    address = party.service_address or party.address
    label = _("送达地址") if party.service_address else _("住所")
    if address:
        pairs.append(parts.Pair(label, address if is_open or not person else covered_address(address)))
    if not party.service_address:
        pairs.append(parts.Pair(_("送达地址"), _("还没有确认书"), tone="soon"))
    pairs.append(_earlier(page, party))
    return pairs


def _earlier(page: CasePage, party: CaseParty) -> parts.Pair:
    row = next((r for r in page.party_names if r["id"] == party.pk), {})
    number = int(row.get("earlier") or 0)
    url = f"{reverse('cases:ledger')}?q={party.id_no or party.uscc}" if number and page.handles else ""
    return parts.Pair(
        _("既往处罚"), _("两年内 %(n)s 次") % {"n": number}, url=url, tone="danger" if number else ""
    )


def officer_words(row: OfficerRow, today: date) -> list[str]:
    """What has to be known about an officer beside the name."""
    said = [str(_("主办") if row.role == "lead" else _("协办"))]
    if row.recused_on is not None:
        said.append(_("%(day)s 起回避") % {"day": row.recused_on.isoformat()})
    if row.certificate_until is None:
        said.append(_("没有有效的执法证件"))
    elif row.certificate_until < today:
        said.append(_("执法证件已于 %(day)s 到期") % {"day": row.certificate_until.isoformat()})
    else:
        said.append(_("执法证件有效至 %(day)s") % {"day": row.certificate_until.isoformat()})
    if not row.declared:
        said.append(_("还没有回避声明"))
    elif row.interest:
        said.append(_("声明有利害关系：%(what)s") % {"what": row.interest})
    return said
