"""Pages of evidence and records."""

from django.urls import path

from dayu.records.views import evidence, preservation, proceedings, timeline

app_name = "records"
urlpatterns = [
    path("board/", evidence.board, name="board"),
    path("timeline/", timeline.timeline_page, name="timeline"),
    path("evidence/new/", evidence.take, name="take_evidence"),
    path("evidence/<int:pk>/", evidence.evidence_page, name="evidence"),
    path("evidence/<int:pk>/files/<int:file>/", evidence.evidence_file, name="evidence_file"),
    path("evidence/<int:pk>/proof/<int:entry>/", evidence.proof_file, name="evidence_proof"),
    path("evidence/<int:pk>/check/", evidence.check, name="check_evidence"),
    path("evidence/<int:pk>/amend/", evidence.amend, name="amend_evidence"),
    path("evidence/<int:pk>/add-file/", evidence.add_file, name="add_evidence_file"),
    path("evidence/<int:pk>/supplement/", evidence.supplement, name="supplement_evidence"),
    path("evidence/<int:pk>/withdraw/", evidence.withdraw, name="withdraw_evidence"),
    path("proceedings/new/", proceedings.enter, name="enter_proceedings"),
    path("proceedings/<int:pk>/", proceedings.record_page, name="proceedings"),
    path("proceedings/<int:pk>/files/<int:file>/", proceedings.proceedings_file, name="proceedings_file"),
    path("proceedings/<int:pk>/supplement/", proceedings.supplement, name="supplement_proceedings"),
    path("preservations/new/", preservation.propose, name="propose_preservation"),
    path("preservations/<int:pk>/", preservation.preservation_page, name="preservation"),
    path("preservations/<int:pk>/approve/", preservation.approve, name="approve_preservation"),
    path("preservations/<int:pk>/carry-out/", preservation.carry_out, name="carry_out_preservation"),
    path("preservations/<int:pk>/decide/", preservation.decide, name="decide_preserved"),
    path("preservations/<int:pk>/release/", preservation.release, name="release_lapsed"),
]
