"""Addresses of the door for programs, and its two pages for people."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from dayu.api import endpoints, views
from dayu.api.door import the_door

app_name = "api"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:docs"), name="home"),
    path("openapi.json", views.openapi, name="openapi"),
    re_path(r"^docs/?$", views.docs, name="docs"),
    path("docs/<str:key>/", views.action_page, name="action"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("", the_door().urls),
    re_path(r"^(?P<rest>.*)$", endpoints.unknown),
]
