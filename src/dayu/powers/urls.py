"""Pages of the list of powers and of benchmarks."""

from django.urls import path

from dayu.powers import views

app_name = "powers"
urlpatterns = [
    path("", views.items, name="list"),
    path("new/", views.new_item, name="new"),
    path("adopt/", views.adopt, name="adopt"),
    path("benchmarks/", views.benchmark_list, name="benchmarks"),
    path("benchmarks/<str:key>/", views.benchmark_page, name="benchmark"),
    path("benchmarks/<str:key>/publish/", views.publish_page, name="publish"),
    path("benchmarks/<str:key>/withdraw/", views.withdraw_page, name="withdraw"),
    path("<int:pk>/", views.item_page, name="item"),
    path("<int:pk>/end/", views.end_item_page, name="end"),
    path("<int:pk>/assign/", views.assign_page, name="assign"),
    path("assignments/<int:pk>/end/", views.end_assignment_page, name="end_assignment"),
]
