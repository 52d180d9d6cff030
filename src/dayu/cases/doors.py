"""Where an act is done: on its page here, on a tab of the case, or on the page that a higher domain named for it.

A higher domain (payments, dossiers, publication) calls `lead_act_to("record_payment", …)` in its `apps.py`; until it does, the
act has its plain page here, so that no button leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dayu.law.words import has_word, word

Address = Callable[[int, str | None], str]  # case, party -> address; an empty one means: not here

_elsewhere: dict[str, Address] = {}

# What a refusal calls its way out, where that is no act of the procedure -> the act page that serves it.
ACT_OF_REMEDY: Mapping[str, str] = {
    "answer_defence_point": "answer_points",
    "record_fact": "add_fact",
    "edit_draft": "write_draft",
    "request_filing": "request_filing",
}
TAB_OF_REMEDY: Mapping[str, str] = {
    "link_evidence": "evidence",
    "check_evidence": "evidence",
    "records.check_evidence": "evidence",
    "add_document": "documents",
}
# Acts whose pages the domains below this one own.
RECORDS: Mapping[str, str] = {
    "preserve_evidence": "records:propose_preservation",
    "dispose_preserved_evidence": "records:board",
}
REVIEWERS = frozenset({"pass_legal_review", "return_legal_review", "confirm_legal_review"})
BUTTONS: Mapping[str, str | Promise] = {
    "edit_draft": _("改草案"),
    "answer_defence_point": _("去答复"),
    "link_evidence": _("补证据"),
    "check_evidence": _("去查证"),
    "record_fact": _("列明事实"),
    "add_document": _("补文书"),
    "answer_leniency": _("去核查"),
    "state_range": _("写明幅度"),
    "set_remedies_text": _("去设置"),
    "add_party": _("登记当事人"),
    "weigh_defect": _("说明瑕疵"),
    "give_penalty_notice": _("去告知"),
    "serve_penalty_notice": _("去送达"),
    "serve_decision": _("去送达"),
    "serve_correction_order": _("去送达"),
    "submit_legal_review": _("去送审"),
    "order_correction": _("责令改正"),
    "verify_correction": _("去复查"),
    "publish_decision": _("去公示"),
    "record_payment": _("登记缴款"),
    "assign_officers": _("换人、加人"),
}


def act_of(remedy: str) -> str:
    """The act page that a refusal's way out leads to; empty where it is a tab."""
    return "" if remedy in TAB_OF_REMEDY else ACT_OF_REMEDY.get(remedy, remedy)


def lead_act_to(act: str, address: Address) -> None:
    """Say where an act is done. Called by the domain that owns the page, in its `apps.py`."""
    _elsewhere[act] = address


def door_of(act: str, case: int, party: str | None = None) -> str:
    """The address of an act or of a refusal's way out."""
    if act in TAB_OF_REMEDY:
        return reverse(f"cases:{TAB_OF_REMEDY[act]}", args=[case])
    if act in RECORDS:
        return f"{reverse(RECORDS[act])}?subject=cases.case:{case}"
    if act in REVIEWERS:
        return reverse("legal_review:queue")
    if act == "annul_entry":
        return reverse("cases:timeline", args=[case])
    if act == "set_remedies_text":
        return reverse("cases:people", args=[case]) + "#remedies"
    wanted = ACT_OF_REMEDY.get(act, act)
    if wanted in _elsewhere and (address := _elsewhere[wanted](case, party)):
        return address
    url = reverse("cases:act", args=[case, wanted])
    return f"{url}?party={party}" if party else url


def button_of(act: str) -> str:
    """What the button says that leads there."""
    if act in BUTTONS:
        return str(BUTTONS[act])
    return act_name(act) if has_word("acts", act) else str(_("去办理"))


def act_name(act: str) -> str:
    """An act in words: 提交法制审核."""
    return word("acts", act, get_language() or "zh") if has_word("acts", act) else act


def entry_name(kind: str) -> str:
    """A kind of entry in words: 事先告知."""
    return word("entries", kind, get_language() or "zh") if has_word("entries", kind) else kind


def stage_name(stage: str) -> str:
    """A stage in words: 法制审核."""
    return word("stages", stage, get_language() or "zh") if has_word("stages", stage) else stage
