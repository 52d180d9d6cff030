"""Is this paper genuine? By the code on each page, by the code of a published decision, by number, or by the file itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dayu.core.ui.parts import State
from dayu.disclosure import public as disclosure
from dayu.documents import public as documents
from dayu.portal.guards import too_often
from dayu.portal.place import page

LONGEST = 300
DIGEST = re.compile(r"[0-9a-f]{64}")
CODE_SIGNS = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """What the comparison says, in words and as a state: fine, overdue (not genuine) or soon (look again)."""

    state: State
    title: str
    text: str
    papers: tuple[documents.PublicDocument, ...] = ()
    decisions: tuple[disclosure.PublicDecision, ...] = ()


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The form and, where something was asked, the answer."""
    code = request.GET.get("code", "").strip()[:LONGEST]
    number = request.GET.get("number", "").strip()[:LONGEST]
    digest = request.GET.get("file", "").strip().lower()[:LONGEST]
    return _answered(request, code=code, number=number, digest=digest)


@require_safe
def from_code(request: HttpRequest, code: str) -> HttpResponse:
    """The address behind a printed code."""
    return _answered(request, code=code.strip()[:LONGEST], number="", digest="")


def _answered(request: HttpRequest, *, code: str, number: str, digest: str) -> HttpResponse:
    shown: dict[str, object] = {"code": code, "number": number}
    if not (code or number or digest):
        return page(request, "portal/verify.html", shown)
    wait = too_often(request, "verify")
    if wait:
        return page(request, "portal/verify.html", {**shown, "wait": wait}, status=429)
    if digest:
        return page(request, "portal/verify.html", {**shown, "answer": by_file(digest)})
    slip = slip_in(code)
    if slip:
        return page(request, "portal/verify.html", {**shown, "slip": slip}, status=422)
    answer = by_code(code, number) if code else by_number(number)
    return page(request, "portal/verify.html", {**shown, "answer": answer})


def slip_in(code: str) -> str:
    """What is mistyped in a short code: a slip is amber, it proves nothing against the paper."""
    if not code or "D1." in code.upper():
        return ""
    signs = re.sub(r"[\s-]", "", code).upper()
    if re.fullmatch(r"[0-9A-F]*", signs) is None:
        return _("核验码只有数字 0–9 和字母 A–F，请核对")
    if len(signs) != CODE_SIGNS:
        return _("应为 %(want)s 位，现在是 %(have)s 位，请核对最后一组") % {"want": CODE_SIGNS, "have": len(signs)}
    return ""


def by_code(code: str, number: str = "") -> Answer:
    """The paper or the published decision behind a code; with a number, both must belong together."""
    paper = documents.genuine_document(code.upper()) if "D1." in code.upper() else None
    decision = disclosure.genuine_decision(code) if paper is None else None
    if paper is None and decision is None:
        return Answer(
            "overdue", _("没有核验通过"),
            _("本站没有与这个码一致的文书：可能输错，也可能文字被改过。请向文书上的机关当面或者来电核实，不要按不能核实的文书缴款。"),
        )  # fmt: skip
    found = paper.number if paper is not None else decision.decision_no if decision is not None else ""
    if number and _plain(number) != _plain(found):
        return Answer(
            "overdue", _("没有核验通过"),
            _("这个码对应的是另一份文书，与输入的文号“%(number)s”不是同一份。") % {"number": number},
        )  # fmt: skip
    if paper is not None:
        return _paper(paper)
    assert decision is not None
    return Answer("fine", _("核验通过"), _("与本站公开的这份决定内容一致。"), decisions=(decision,))


def by_number(number: str) -> Answer:
    """Papers that bear a number. A number alone proves that such a paper exists, not that this is its text."""
    papers, decisions = documents.documents_numbered(number), disclosure.decisions_numbered(number)
    if not papers and not decisions:
        return Answer(
            "overdue", _("没有这个文号"), _("本站没有这个文号的文书。请核对括号、年份和序号，或者向文书上的机关核实。")
        )
    text = _("有这个文号的文书。只凭文号不能确认您手里的文字没有被改过：请再核对核验码，或者扫描页脚二维码。")
    return Answer("soon", _("有这份文书，文字还没有核对"), text, tuple(papers), tuple(decisions))


def by_file(digest: str) -> Answer:
    """A file compared by its digest, which the browser computed: the file itself never left the reader's machine."""
    if DIGEST.fullmatch(digest) is None:
        return Answer("soon", _("没有算出校验值"), _("请重新选择文件。"))
    paper = documents.genuine_file(digest)
    if paper is not None:
        return _paper(paper)
    decision = disclosure.genuine_file(digest)
    if decision is not None:
        return Answer("fine", _("核验通过"), _("这个文件就是本站公开的决定文件，一字未改。"), decisions=(decision,))
    return Answer(
        "overdue", _("没有核验通过"),
        _("这个文件与本站制作的任何文书都不完全一致。扫描件、照片和另存的文件本来就不会一致：请改用核验码。"),
    )  # fmt: skip


def _paper(paper: documents.PublicDocument) -> Answer:
    if paper.voided:
        return Answer(
            "overdue", _("这份文书已经作废"), _("文书是真的，但已作废：%(why)s") % {"why": paper.void_reason}, (paper,)
        )
    return Answer("fine", _("核验通过"), _("这份文书由下列机关制作，请核对名称、文号和日期与您手里的一致。"), (paper,))


def _plain(number: str) -> str:
    """A number without the differences that hands make: brackets and spaces."""
    return re.sub(r"[\s\[\]【】()（）〔〕第号]", "", number)
