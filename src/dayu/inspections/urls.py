"""Pages of the inspections domain."""

from django.urls import path

from dayu.inspections import views

app_name = "inspections"
urlpatterns = [
    path("", views.check_list, name="list"),
    path("export.xlsx", views.export, name="export"),
    path("new/", views.new_check, name="new"),
    path("past/", views.past_check, name="past"),
    path("<int:pk>/", views.check_page, name="check"),
    path("<int:pk>/step/", views.step, name="step"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/replace/", views.replace, name="replace"),
    path("<int:pk>/finding/", views.finding, name="finding"),
    path("<int:pk>/finding/<int:finding_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/order/<int:order_id>/recheck/", views.recheck, name="recheck"),
]
