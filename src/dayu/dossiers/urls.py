"""Pages of dossiers."""

from django.urls import path

from dayu.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("", views.dossier_list, name="list"),
    path("of-case/<int:case>/", views.of_case, name="of_case"),
    path("of-case/<int:case>/compile/", views.compile_case, name="compile"),
    path("<int:pk>/", views.dossier_page, name="dossier"),
    path("<int:pk>/describe/", views.describe, name="describe"),
    path("<int:pk>/explain/", views.explain, name="explain"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/add-sheet/", views.add_sheet, name="add_sheet"),
    path("<int:pk>/sheets/<int:sheet>/", views.sheet, name="sheet"),
    path("<int:pk>/parts/<int:part>/arrange/", views.arrange, name="arrange"),
    path("<int:pk>/parts/<int:part>/leave-out/", views.leave_out, name="leave_out"),
    path("<int:pk>/<slug:volume>.pdf", views.volume, name="volume"),
]
