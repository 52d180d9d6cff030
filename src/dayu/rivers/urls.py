"""Pages of the river register."""

from django.urls import path

from dayu.rivers import views

app_name = "rivers"
urlpatterns = [
    path("", views.river_list, name="list"),
    path("new/", views.new_river, name="new"),
    path("<int:pk>/", views.river_page, name="river"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/add-reach/", views.new_reach, name="add_reach"),
]
