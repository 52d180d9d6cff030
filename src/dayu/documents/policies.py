"""Who may write, release, seal, void, print and serve documents."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actions import present_act
from dayu.core.actors import Actor
from dayu.documents.models import Document, DocumentLife, ReturnedField
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.org.models import Agency

WRITERS = ("handler", "unit_head", "agency_head", "legal_reviewer", "review_head", "hearing_presider", "registrar",
           "archivist", "disclosure_officer", "fine_clerk")
SEALERS = ("handler", "unit_head", "agency_head", "archivist", "legal_reviewer", "review_head", "hearing_presider")


def may_draft_document(target: None, *, actor: Actor) -> Verdict:
    """Anybody with a post in an organ writes documents of that organ."""
    return _holding(actor, WRITERS, _("起草文书"))


def may_enter_document(target: None, *, actor: Actor) -> Verdict:
    """Papers that exist already are entered by those who work on the matter."""
    return _holding(actor, WRITERS, _("录入已有文书"))


def may_revise_document(document: Document, *, actor: Actor) -> Verdict:
    """Only drafts change."""
    return _own(document, actor, WRITERS, _("修改文书")) & _alive(document, {DocumentLife.DRAFT}, _("修改"))


def may_release_hold(document: Document, *, actor: Actor, kind: str) -> Verdict:
    """Holds are released by the act of a higher domain that knows the ground (review passed, notice given, discussed).

    The one that this domain knows itself is the head's approval.
    """
    act = present_act()
    if act is not None and act.parent is not None and act.parent.action.domain != "documents":
        return ALLOWED
    if kind == "approval":
        return _own(document, actor, ("agency_head",), _("批准文书"))
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("办结文书的前置事项"))


def may_place_hold(document: Document, *, actor: Actor) -> Verdict:
    """Higher domains add holds of their own in their acts."""
    act = present_act()
    if act is not None and act.parent is not None and act.parent.action.domain != "documents":
        return ALLOWED
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("增加文书的前置事项"))


def may_seal_document(document: Document, *, actor: Actor) -> Verdict:
    """Drafts only; what else must be so is checked in the act itself."""
    return _own(document, actor, SEALERS, _("文书定稿用印")) & _alive(document, {DocumentLife.DRAFT}, _("定稿用印"))


def may_void_document(document: Document, *, actor: Actor) -> Verdict:
    """Heads void what is sealed; a writer may give up a draft."""
    posts = WRITERS if document.life == DocumentLife.DRAFT else ("agency_head", "unit_head")
    lives = {DocumentLife.DRAFT, DocumentLife.SEALED, DocumentLife.ISSUED}
    return _own(document, actor, posts, _("作废文书")) & _alive(document, lives, _("作废"))


def may_print_document(document: Document, *, actor: Actor) -> Verdict:
    """Whoever writes documents of the organ prints them; a voided one no longer."""
    lives = {DocumentLife.DRAFT, DocumentLife.SEALED, DocumentLife.ISSUED, DocumentLife.SERVED}
    return _own(document, actor, WRITERS, _("印制文书")) & _alive(document, lives, _("印制"))


def may_decide_returned_field(change: ReturnedField, *, actor: Actor) -> Verdict:
    """Who may revise the draft decides about what came back."""
    return may_revise_document(change.returned.document, actor=actor)


def may_add_to_document(document: Document, *, actor: Actor) -> Verdict:
    """Signatures, scans and attachments of any document that is not voided."""
    return may_print_document(document, actor=actor)


def may_record_service(document: Document, *, actor: Actor) -> Verdict:
    """What was served is recorded by those who work on the matter; a draft cannot have been served."""
    verdict = _own(document, actor, WRITERS, _("登记送达"))
    if not document.sealed:
        return verdict & refuse("documents.not_sealed_yet")
    lives = {DocumentLife.SEALED, DocumentLife.ISSUED, DocumentLife.SERVED}
    return verdict & _alive(document, lives, _("登记送达"))


def may_set_organ_paper(organ: Agency, *, actor: Actor) -> Verdict:
    """The organ's administrator or archivist says how its paper looks."""
    if actor.is_system:
        return ALLOWED
    if not actor.holds("administrator", "archivist"):
        return refuse("core.not_permitted", act=_("设定机关用纸与文号格式"))
    return ALLOWED if organ.pk == actor.organ_id else refuse("documents.other_organ")


def may_keep_form_sets(target: object, *, actor: Actor) -> Verdict:
    """Sets of forms are entered and ended by those who administer an organ or keep its archive."""
    if actor.is_system or actor.holds("administrator", "archivist"):
        return ALLOWED
    return refuse("core.not_permitted", act=_("管理统一格式"))


def may_move_draft(document: Document, *, actor: Actor) -> Verdict:
    """Who may revise the draft; at midnight the system does it."""
    return may_revise_document(document, actor=actor)


def _holding(actor: Actor, posts: tuple[str, ...], act: str) -> Verdict:
    if actor.is_system:
        return ALLOWED
    if actor.organ_id is None or not actor.holds(*posts):
        return refuse("core.not_permitted", act=act)
    return ALLOWED


def _own(document: Document, actor: Actor, posts: tuple[str, ...], act: str) -> Verdict:
    verdict = _holding(actor, posts, act)
    if verdict.allowed and not actor.is_system and document.organ_id != actor.organ_id:
        return refuse("documents.other_organ")
    return verdict


def _alive(document: Document, lives: set[Any], act: str) -> Verdict:
    if document.life in lives:
        return ALLOWED
    return refuse("documents.wrong_life", life=DocumentLife(document.life).label, act=act)
