"""Pages of fines."""

from django.urls import path

from dayu.fines import views

app_name = "fines"
urlpatterns = [
    path("", views.fines, name="list"),
    path("<int:pk>/", views.fine_page, name="fine"),
    path("<int:pk>/<slug:act>/", views.fine_act, name="act"),
    path("party/<int:pk>/<slug:act>/", views.of_party, name="of_party"),
    path("receipts/", views.reconciliation, name="receipts"),
    path("receipts/import/", views.import_book, name="import_book"),
    path("receipts/books/<int:pk>/", views.book_page, name="book"),
    path("receipts/<int:pk>/match/", views.match, name="match"),
    path("forfeited/", views.forfeited, name="forfeited"),
    path("forfeited/register/<int:pk>/", views.register_item, name="register_item"),
    path("forfeited/<int:pk>/dispose/", views.dispose_item, name="dispose_item"),
]
