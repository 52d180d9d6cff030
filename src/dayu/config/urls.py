"""All addresses: each domain brings its own; the doors come last because they hold the short ones."""

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

PREFIXES = {"portal": "public/", "api": "api/", "office": ""}


def _domain_urls() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for name in settings.DOMAINS:
        if apps.is_installed(f"dayu.{name}") and find_spec(f"dayu.{name}.urls"):
            found.append(path(PREFIXES.get(name, f"{name.replace('_', '-')}/"), include(f"dayu.{name}.urls")))
    return found


def _marks() -> list[URLPattern | URLResolver]:
    """The short address in the code on each page; capitals, because codes of capitals are smaller."""
    if not apps.is_installed("dayu.portal"):
        return []
    return [path("V/<str:code>", RedirectView.as_view(pattern_name="portal:verify_code"))]


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("dayu.core.urls")),
    *_marks(),
    *_domain_urls(),
]
handler400 = "dayu.core.error_pages.bad_request"
handler403 = "dayu.core.error_pages.forbidden"
handler404 = "dayu.core.error_pages.not_found"
handler500 = "dayu.core.error_pages.server_error"
