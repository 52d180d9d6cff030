"""Pages of the remedies domain."""

from django.urls import path

from dayu.remedies import views

app_name = "remedies"
urlpatterns = [
    path("", views.remedy_list, name="list"),
    path("parties/<int:party_id>/reconsideration/", views.new_reconsideration, name="new_reconsideration"),
    path("parties/<int:party_id>/suit/", views.new_suit, name="new_suit"),
    path("reconsiderations/<int:pk>/", views.reconsideration, name="reconsideration"),
    path("reconsiderations/<int:pk>/copy/", views.reconsideration_copy, name="reconsideration_copy"),
    path("reconsiderations/<int:pk>/answer/", views.reconsideration_answer, name="reconsideration_answer"),
    path("reconsiderations/<int:pk>/conclude/", views.reconsideration_conclude, name="reconsideration_conclude"),
    path("suits/<int:pk>/", views.suit, name="suit"),
    path("suits/<int:pk>/copy/", views.suit_copy, name="suit_copy"),
    path("suits/<int:pk>/answer/", views.suit_answer, name="suit_answer"),
    path("suits/<int:pk>/hearing/", views.suit_hearing, name="suit_hearing"),
    path("suits/<int:pk>/conclude/", views.suit_conclude, name="suit_conclude"),
    path("parties/<int:party_id>/bundle/", views.bundle, name="bundle"),
    path("recommendations/new/", views.new_recommendation, name="new_recommendation"),
    path("recommendations/<int:pk>/", views.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/reply/", views.reply, name="reply"),
]
