"""Forms of issued sets, read from their rows as versions of the rulebook's document types."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from dayu.documents.models import FormSet, FormVariant
from dayu.law.rulebook import rulebook_root
from dayu.law.territories import NATION
from dayu.paper.definitions import DefinitionError, Version, lineage_of, read_variant

_met: dict[tuple[str, str, str], Version] = {}  # by kind, id and digest: a form never changes


def issued_versions(key: str, *, territory: str) -> tuple[Version, ...]:
    """The versions of one document type in all sets that may hold in a territory: one query."""
    return issued_in(territory, key=key).get(key, ())


def issued_in(territory: str, *, key: str = "") -> dict[str, tuple[Version, ...]]:
    """Document type -> its versions in the sets that may hold in a territory (empty: anywhere): one query."""
    rows = FormVariant.objects.select_related("form_set").order_by("id")
    if territory:
        rows = rows.filter(form_set__territory_id__in=[code or NATION for code in lineage_of(territory[:6])])
    if key:
        rows = rows.filter(key=key)
    found: dict[str, tuple[Version, ...]] = {}
    for row in rows:
        found[row.key] = (*found.get(row.key, ()), as_version(row.key, row.content, row.form_set))
    return found


def issued_version(key: str, version_id: str, digest: str) -> Version:
    """The version that a document was made with; an unknown id is an error."""
    if (key, version_id, digest) in _met:
        return _met[key, version_id, digest]
    territory, _dash, edition = version_id.partition("-")
    rows = FormVariant.objects.filter(key=key, form_set__territory_id=territory, form_set__edition=edition)
    row = rows.select_related("form_set").first()
    if row is None:
        raise DefinitionError(f"{key} has no version {version_id!r}")
    version = as_version(key, row.content, row.form_set)
    _met[key, version_id, version.digest] = version
    return version


def as_version(key: str, content: dict[str, Any], form_set: FormSet) -> Version:
    """A form as a version; its days are those of its set, which may have been ended since."""
    row = {**content, "id": form_set.form_version, "valid_from": form_set.valid_from.isoformat()}
    read = _read(key, json.dumps(row, ensure_ascii=False, sort_keys=True))
    place = "" if form_set.territory_id == NATION else form_set.territory_id
    return replace(
        read, valid_until=form_set.valid_until, territory=place, issuer=form_set.issuer, form_set=form_set.name
    )


@lru_cache(maxsize=512)
def _read(key: str, content: str) -> Version:
    row = json.loads(content)
    row["valid_from"] = date.fromisoformat(row["valid_from"])
    return read_variant(rulebook_root() / "documents", key, row)
