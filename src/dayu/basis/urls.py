"""Pages of the basis library and of parameters."""

from django.urls import path

from dayu.basis import change_views, parameter_views, views

app_name = "basis"
urlpatterns = [
    path("", views.statutes, name="list"),
    path("import/", views.import_page, name="import"),
    path("editions/<int:pk>/", views.edition_page, name="edition"),
    path("editions/<int:pk>/end/", views.end_page, name="end"),
    path("articles/<str:law>/<int:number>/", views.article_page, name="article"),
    path("editions/<int:pk>/compare/", change_views.compare, name="compare"),
    path("changes/", change_views.changes, name="changes"),
    path("changes/<int:pk>/", change_views.settle, name="settle"),
    path("parameters/", parameter_views.parameters, name="parameters"),
    path("parameters.xlsx", parameter_views.export, name="export_parameters"),
    path("parameters/<str:key>/", parameter_views.set_page, name="set"),
    path("parameters/values/<int:pk>/end/", parameter_views.end_value_page, name="end_value"),
]
