"""Pages of legal review."""

from django.urls import path

from dayu.legal_review import views

app_name = "legal_review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("body/", views.body_page, name="body"),
    path("<int:pk>/", views.review_page, name="review"),
    path("<int:pk>/materials/<int:part>/", views.material, name="material"),
    path("<int:pk>/materials/<int:part>/<int:number>.png", views.draft_page, name="draft_page"),
    path("<int:pk>/points/<slug:point>/", views.judge, name="judge"),
    path("<int:pk>/conclude/", views.conclude, name="conclude"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/supply/", views.supply, name="supply"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/assign/", views.assign, name="assign"),
]
