"""Gathering a dossier: order, volumes, page numbers, what is missing."""

import pytest

from dayu.core.refused import Refused
from dayu.documents.models import ProofOfService
from dayu.dossiers import services
from dayu.dossiers.models import Dossier
from dayu.dossiers.selectors import missing_of
from dayu.dossiers.services.compiling import title_of
from dayu.dossiers.tests.conftest import a_scan, archived, compiled
from dayu.records import services as records
from dayu.records.facts import GivenFile


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def index(dossier, volume):
    return [(p.position, p.key, p.pages) for p in dossier.parts.filter(volume=volume).order_by("position")]


def test_a_closed_case_is_bound_in_the_lawful_order_with_running_page_numbers(closed):
    dossier = compiled(closed)
    main = index(dossier, "main")
    keys = [key for _n, key, _p in main]
    assert [k for k in keys if k != "proof_of_service"] == [
        "penalty_decision",
        "filing_approval",
        "evidence:scene_record",
    ]
    assert keys[:2] == ["penalty_decision", "proof_of_service"]
    assert [n for n, _k, _p in main] == list(range(1, len(main) + 1))
    pages = [
        p
        for part in dossier.parts.filter(volume="main").order_by("position")
        for p in range(part.first_page, part.last_page + 1)
    ]
    assert pages == list(range(1, len(pages) + 1))
    secondary = [key for _n, key, _p in index(dossier, "secondary")]
    assert secondary == ["investigation_report", "legal_review_opinion", "collective_discussion", "closing_approval"]


def test_the_title_names_party_and_violation(closed):
    assert title_of(closed.now()) == "张某在白鹿河龙尾段无证采砂案"


def test_what_is_missing_is_named_and_so_is_a_decision_without_proof_of_service(closed):
    assert "proof_of_service" in set(compiled(closed).parts.values_list("key", flat=True))
    ProofOfService.objects.filter(document__key="penalty_decision").delete()
    dossier = compiled(closed)
    titles = [m.title for m in missing_of(dossier)]
    assert "行政处罚事先告知书" in titles
    assert any(t.startswith("送达回证：行政处罚决定书") for t in titles)


def test_new_evidence_joins_at_the_next_compiling_and_its_pictures_are_pages(closed):
    dossier = compiled(closed)
    before = dossier.parts.filter(volume="main").order_by("-position").first().last_page
    records.add_evidence(
        f"cases.case:{closed.case.pk}",
        actor=closed.county.officer,
        moment=closed.moment,
        kind="document",
        name="采砂日记",
        source="当事人提交",
        taken_at=closed.moment,
        files=[GivenFile(a_scan("一"), "1.jpg"), GivenFile(a_scan("二页"), "2.jpg")],
    )
    dossier = compiled(closed)
    part = dossier.parts.get(key="evidence:document")
    assert part.last_page - part.first_page == 2  # its slip and two pictures
    assert dossier.parts.filter(volume="main").order_by("-position").first().last_page == before + 3


def test_withdrawn_evidence_leaves_the_dossier(closed):
    dossier = compiled(closed)
    from dayu.records.models import EvidenceItem

    records.withdraw_evidence(
        EvidenceItem.objects.get(), actor=closed.county.officer, moment=closed.moment, reason="与本案无关"
    )
    assert "evidence" in {m.key for m in missing_of(compiled(closed))}
    assert not dossier.parts.filter(key="evidence:scene_record").exists()


def test_one_volume_holds_everything_when_the_organ_does_not_divide(closed):
    dossier = compiled(closed)
    services.describe_dossier(dossier, actor=closed.county.officer, moment=closed.moment, mode="single")
    assert set(dossier.parts.values_list("volume", flat=True)) == {"main"}


def test_a_part_stays_where_a_person_put_it(closed):
    dossier = compiled(closed)
    part = dossier.parts.get(key="evidence:scene_record")
    services.arrange_part(part, actor=closed.county.officer, moment=closed.moment, volume="main", position=1)
    dossier = compiled(closed)
    assert index(dossier, "main")[0][1] == "evidence:scene_record"
    with pytest.raises(Refused) as refused:
        services.arrange_part(part, actor=closed.county.officer, moment=closed.moment, volume="third", position=1)
    assert rules(refused) == ["dossiers.unknown_place"]


def test_a_part_left_out_has_no_pages_and_comes_back(closed):
    dossier = compiled(closed)
    part = dossier.parts.get(key="evidence:scene_record")
    services.leave_out_part(part, actor=closed.county.officer, moment=closed.moment, reason="涉及商业秘密")
    part.refresh_from_db()
    assert part.pages == ""
    services.leave_out_part(part, actor=closed.county.officer, moment=closed.moment, reason="")
    part.refresh_from_db()
    assert part.pages


def test_only_what_is_missing_is_explained_once_and_in_words(closed):
    dossier = compiled(closed)
    explain = lambda key, reason: services.explain_missing(  # noqa: E731
        dossier, actor=closed.county.officer, moment=closed.moment, key=key, reason=reason
    )
    for key, reason, rule in (("weather", "无", "dossiers.not_missing"), ("notice", " ", "dossiers.words_missing")):
        with pytest.raises(Refused) as refused:
            explain(key, reason)
        assert rules(refused) == [rule]
    explain("notice", "纸质原件另存")
    with pytest.raises(Refused) as refused:
        explain("notice", "再说一次")
    assert rules(refused) == ["dossiers.already_explained"]


def test_an_unknown_retention_is_refused(closed):
    dossier = compiled(closed)
    with pytest.raises(Refused) as refused:
        services.describe_dossier(dossier, actor=closed.county.officer, moment=closed.moment, retention="60年")
    assert rules(refused) == ["dossiers.unknown_retention"]


def test_strangers_and_reviewers_compile_nothing_and_see_nothing(closed):
    for name in ("stranger", "reviewer"):
        with pytest.raises(Refused) as refused:
            compiled(closed, name)
        assert rules(refused) == ["core.not_permitted"]
    compiled(closed)
    assert not Dossier.objects.visible_to(closed.county.stranger).exists()
    assert not Dossier.objects.visible_to(closed.county.administrator).exists()


def test_an_archived_dossier_is_not_compiled_again(closed):
    dossier = archived(closed)
    part = dossier.parts.first()
    acts = [
        lambda: compiled(closed),
        lambda: services.arrange_part(
            part, actor=closed.county.officer, moment=closed.moment, volume="main", position=1
        ),
        lambda: services.leave_out_part(part, actor=closed.county.officer, moment=closed.moment, reason="x"),
        lambda: services.describe_dossier(dossier, actor=closed.county.officer, moment=closed.moment, title="另名"),
        lambda: services.explain_missing(
            dossier, actor=closed.county.officer, moment=closed.moment, key="notice", reason="x"
        ),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert rules(refused) == ["dossiers.archived"]
