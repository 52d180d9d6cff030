"""Pages of the parties domain."""

from django.urls import path

from dayu.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.party_list, name="list"),
    path("new/", views.new_party, name="new"),
    path("import/", views.import_page, name="import"),
    path("import/sheet.xlsx", views.import_sheet, name="import_sheet"),
    path("export/", views.ask_export, name="ask_export"),
    path("exports/<int:pk>/", views.export_page, name="export"),
    path("exports/<int:pk>/file/", views.export_file, name="export_file"),
    path("<int:pk>/", views.party_page, name="party"),
    path("<int:pk>/disclose/", views.disclose, name="disclose"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/rename/", views.rename, name="rename"),
    path("<int:pk>/identifier/", views.identifier, name="identifier"),
    path("<int:pk>/representative/", views.representative, name="representative"),
    path("<int:pk>/class/", views.decide_class, name="class"),
    path("<int:pk>/standing/", views.standing, name="standing"),
    path("<int:pk>/link/", views.link, name="link"),
    path("<int:pk>/object/", views.new_object, name="object"),
]
