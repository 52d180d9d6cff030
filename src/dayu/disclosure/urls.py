"""Pages of publication in the office."""

from django.urls import path

from dayu.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("", views.publications, name="list"),
    path("late/", views.late_list, name="late"),
    path("of-party/<int:party>/<slug:act>/", views.of_party, name="of_party"),
    path("<int:pk>/", views.publication_page, name="publication"),
    path("<int:pk>/pdf/", views.masked_pdf, name="pdf"),
    path("<int:pk>/<slug:act>/", views.publication_act, name="act"),
]
