"""Pages of documents."""

from django.urls import path

from dayu.documents import form_views, register_views, views

app_name = "documents"
urlpatterns = [
    path("", views.document_list, name="list"),
    path("seals/", views.seal_register, name="seals"),
    path("seals/export.xlsx", register_views.export_seals, name="export_seals"),
    path("enter/", register_views.enter, name="enter"),
    path("organ-paper/", register_views.organ_paper, name="organ_paper"),
    path("blanks/", register_views.blanks, name="blanks"),
    path("blanks/new/", register_views.new_blanks, name="new_blanks"),
    path("blanks/print.pdf", register_views.print_blanks, name="print_blanks"),
    path("blanks/<int:pk>/use/", register_views.use_blank, name="use_blank"),
    path("scan/", views.scan_pages, name="scan_pages"),
    path("types/", form_views.type_list, name="types"),
    path("types/<slug:key>/", form_views.type_page, name="type"),
    path("types/<slug:key>/<str:form>.pdf", form_views.blank, name="blank"),
    path("types/<slug:key>/<str:form>.png", form_views.blank_picture, name="blank_picture"),
    path("forms/", form_views.form_sets, name="form_sets"),
    path("forms/import/", form_views.import_set, name="import_set"),
    path("forms/<int:pk>/", form_views.form_set, name="form_set"),
    path("forms/<int:pk>/end/", form_views.end_set, name="end_set"),
    path("<int:pk>/form/", form_views.form_changes, name="form"),
    path("<int:pk>/form/move/", form_views.move, name="move"),
    path("<int:pk>/attach/", views.attach, name="attach"),
    path("<int:pk>/", views.document_page, name="document"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/edit/check/", views.check, name="check"),
    path("<int:pk>/preview.pdf", views.preview_pdf, name="preview"),
    path("<int:pk>/page/<int:number>.png", views.page_image, name="page"),
    path("<int:pk>/print/", views.print_paper, name="print"),
    path("<int:pk>/files/<str:sha256>/", views.document_file, name="file"),
    path("<int:pk>/seal/", views.seal, name="seal"),
    path("<int:pk>/void/", views.void, name="void"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/serve/", views.serve, name="serve"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/return/", views.return_docx, name="return"),
    path("returned/<int:pk>/", views.returned_page, name="returned"),
    path("<int:pk>/scan/", views.scan_page, name="scan"),
]
