"""All addresses: each domain brings its own; the doors come last because they hold the short ones."""

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

PREFIXES = {"portal": "public/", "api": "api/", "office": ""}


def _domain_urls() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for name in settings.DOMAINS:
        if apps.is_installed(f"dayu.{name}") and find_spec(f"dayu.{name}.urls"):
            found.append(path(PREFIXES.get(name, f"{name.replace('_', '-')}/"), include(f"dayu.{name}.urls")))
    return found


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("dayu.core.urls")),
    *_domain_urls(),
]
handler400 = "dayu.core.error_pages.bad_request"
handler403 = "dayu.core.error_pages.forbidden"
handler404 = "dayu.core.error_pages.not_found"
handler500 = "dayu.core.error_pages.server_error"
