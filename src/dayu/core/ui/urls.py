"""The component gallery, for developers."""

from django.urls import path

from dayu.core.ui import gallery

urlpatterns = [
    path("", gallery.office, name="ui-gallery"),
    path("phone/", gallery.phone, name="ui-gallery-phone"),
    path("portal/", gallery.portal, name="ui-gallery-portal"),
    path("error/<int:status>/", gallery.error, name="ui-gallery-error"),
]
