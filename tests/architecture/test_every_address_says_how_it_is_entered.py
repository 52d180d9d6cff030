"""House rule: every address needs a sign-in, or is listed here with its reason."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {
    "accounts/": "signing in itself",
    "i18n/": "choosing a language",
    "jsi18n/": "texts of the interface",
    "ui-gallery/": "components with invented data, in tests and debug only",
    "public/": "the portal reads public.py only",
    "V/": "the code on each page of a paper leads to its check in the portal",
    "api/": "the API answers 401 by itself",
}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """All patterns with their whole path."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found.extend(addresses(entry, path))
        else:
            found.append((path, entry))
    return found


def is_open(path: str) -> bool:
    return any(path.startswith(prefix) for prefix in OPEN)


def test_every_address_is_open_for_a_reason_or_needs_a_sign_in(client, db):
    """Asked without a sign-in, an address of the office leads to the sign-in page (or says the method is wrong)."""
    wrong = []
    for path, _pattern in addresses():
        if is_open(path):
            continue
        concrete = _concrete(path)
        response = client.get(concrete)
        leads_to_sign_in = response.status_code == 302 and "/accounts/login/" in response["Location"]
        leads_to_portal = path == "" and response.status_code == 302
        refused = response.status_code in {401, 403}
        wrong_method = response.status_code == 405 and needs_sign_in_by_post(client, concrete)
        if not (leads_to_sign_in or leads_to_portal or refused or wrong_method):
            wrong.append((path, response.status_code))
    assert wrong == []


def needs_sign_in_by_post(client, path: str) -> bool:
    response = client.post(path)
    return response.status_code in {401, 403} or (
        response.status_code == 302 and "/accounts/login/" in response["Location"]
    )


def _concrete(path: str) -> str:
    values = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda m: values.get(m[1] or "str", "x"), path)
    return "/" + filled.replace("^", "").replace("$", "").replace("\\Z", "")


def test_the_rule_knows_open_from_closed():
    assert is_open("public/decisions/") and not is_open("cases/1/")
