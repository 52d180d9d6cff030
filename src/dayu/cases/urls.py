"""Addresses of penalty cases: the ledger, opening, one case with its tabs, acts, evidence, printing."""

from django.urls import path

from dayu.cases.views import acts, case, evidence, importing, ledger, opening, printing, tabs

app_name = "cases"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("export/", ledger.export, name="export"),
    path("print/", ledger.print_ledger, name="print_ledger"),
    path("penalties/", ledger.penalties, name="penalties"),
    path("penalties/export/", ledger.export_penalties, name="export_penalties"),
    path("new/", opening.new, name="new"),
    path("take-over/", opening.take_over, name="take_over"),
    path("import/", importing.start, name="import"),
    path("import/template/", importing.template, name="import_template"),
    path("import/<int:pk>/", importing.progress, name="import_progress"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/limits/", case.limits, name="limits"),
    path("<int:pk>/chart/", case.chart, name="chart"),
    path("<int:pk>/timeline/", tabs.timeline, name="timeline"),
    path("<int:pk>/documents/", tabs.documents, name="documents"),
    path("<int:pk>/documents/draft/", tabs.draft_paper, name="draft_paper"),
    path("<int:pk>/evidence/", evidence.board, name="evidence"),
    path("<int:pk>/evidence/link/", evidence.link, name="link_evidence"),
    path("<int:pk>/evidence/unlink/<int:link>/", evidence.unlink, name="unlink_evidence"),
    path("<int:pk>/facts/<int:fact>/", evidence.fact, name="fact"),
    path("<int:pk>/facts/<int:fact>/drop/", evidence.drop, name="drop_fact"),
    path("<int:pk>/discretion/", tabs.discretion, name="discretion"),
    path("<int:pk>/costs/", tabs.costs, name="costs"),
    path("<int:pk>/people/", tabs.people, name="people"),
    path("<int:pk>/related/", tabs.related, name="related"),
    path("<int:pk>/log/", tabs.log, name="log"),
    path("<int:pk>/amend/", opening.amend, name="amend"),
    path("<int:pk>/acts/", acts.acts, name="acts"),
    path("<int:pk>/acts/<slug:act>/", acts.act, name="act"),
    path("<int:pk>/past/", acts.past, name="past"),
    path("<int:pk>/journal/<int:entry>/annul/", acts.annul, name="annul"),
    path("<int:pk>/print/timeline/", printing.timeline, name="print_timeline"),
    path("<int:pk>/print/files/", printing.files, name="print_files"),
]
