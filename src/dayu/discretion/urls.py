"""Pages of benchmarks of one's own."""

from django.urls import path

from dayu.discretion import views

app_name = "discretion"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new_draft, name="new"),
    path("import/", views.import_page, name="import"),
    path("export/", views.export, name="export"),
    path("drafts/<int:pk>/", views.draft_page, name="draft"),
    path("drafts/<int:pk>/edit/", views.edit_draft, name="edit"),
    path("drafts/<int:pk>/opinion/", views.opinion_page, name="opinion"),
    path("drafts/<int:pk>/issue/", views.issue_page, name="issue"),
    path("drafts/<int:pk>/what-if/", views.what_if_page, name="what_if"),
    path("<int:pk>/", views.benchmark_page, name="benchmark"),
    path("<int:pk>/end/", views.end_page, name="end"),
    path("<int:pk>/read/", views.read_page, name="read"),
]
