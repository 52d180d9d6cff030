"""Pages of organisations, people and certificates."""

from django.urls import path

from dayu.org import views

app_name = "org"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("territories/", views.territories, name="territories"),
    path("territories/new/", views.new_territory, name="new_territory"),
    path("agencies/new/", views.new_agency, name="new_agency"),
    path("agencies/<int:pk>/", views.agency_page, name="agency"),
    path("agencies/<int:pk>/<slug:act>/", views.agency_act, name="agency_act"),
    path("units/<int:pk>/<slug:act>/", views.unit_act, name="unit_act"),
    path("subjects/<int:pk>/<slug:act>/", views.subject_act, name="subject_act"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person_page, name="person"),
    path("people/<int:pk>/<slug:act>/", views.person_act, name="person_act"),
    path("holdings/<int:pk>/<slug:act>/", views.holding_act, name="holding_act"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<int:pk>/<slug:act>/", views.certificate_act, name="certificate_act"),
    path("import/<int:pk>/", views.import_page, name="import"),
    path("import/template/", views.import_template, name="import_template"),
]
