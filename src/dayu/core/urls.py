"""Addresses of the machinery: language, progress of long work."""

from django.conf import settings
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

app_name = "core"
urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("jsi18n/", JavaScriptCatalog.as_view(), name="catalogue"),
]
if getattr(settings, "DAYU_UI_GALLERY", False) or settings.DEBUG:
    from importlib.util import find_spec

    if find_spec("dayu.core.ui.urls"):
        urlpatterns.append(path("ui-gallery/", include("dayu.core.ui.urls")))
