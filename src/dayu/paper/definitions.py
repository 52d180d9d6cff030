"""Definitions of document types (文书种类): what `rulebook/documents/*.toml` may say, read and checked.

A definition says what a document is called, how it is numbered, which fields it has and where each comes from, what
must be released before it is sealed, who signs, where it stands in the dossier, which elements the law demands, and
its text in blocks. It has dated versions; a territory may have a version of its own. The folder is passed in.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

CLASSES = frozenset({"internal", "external", "record", "evidence", "list", "party-submitted", "party-signed", "public"})
FAMILIES = frozenset({"letter", "form", "record"})
VOLUMES = frozenset({"main", "sub", "both", "none"})
RETENTIONS = frozenset({"", "永久", "30年", "10年"})  # empty: as long as the dossier that the document lies in
ISSUERS = frozenset({"", "ministry", "province", "city"})  # empty: the default of the rulebook, which nobody issued
REQUIRED = frozenset({"required", "optional", "conditional"})
_STRICTNESS = {"optional": 0, "conditional": 1, "required": 2}
SOURCES = frozenset({"statute", "form", "unverified"})
TYPES = frozenset({
    "string", "text", "date", "datetime", "int", "decimal", "money_yuan", "bool", "enum", "list", "table", "law_ref",
    "address", "phone", "id_no", "uscc", "signature", "seal", "approval", "number",
})
SEALS = frozenset({"organ", "unit", "none"})
BLOCKS = frozenset({
    "p", "to", "heading", "center", "rows", "table", "each", "qa", "opinion", "sign", "seal", "note", "space", "blank",
    "break",
})


class DefinitionError(ValueError):
    """A definition contradicts itself or names something unknown. The message says which file and what."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A place in a law that a definition rests on; the caller turns it into a citation of the house."""

    law: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    anchor: str = ""
    confirmation: str = "V"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a conditional field is needed: another field is filled, or holds one of the named values."""

    field: str
    values: tuple[str, ...] = ()

    def holds(self, fields: Mapping[str, Any]) -> bool:
        """Whether the condition is met by these field values."""
        value = fields.get(self.field)
        if not self.values:
            return filled(value)
        held = value if isinstance(value, list) else [value]
        return any(str(v) in self.values for v in held)


@dataclass(frozen=True, slots=True)
class Field:
    """One field (栏目) of a document."""

    id: str
    label: str
    type: str
    required: str
    source: str
    hint: str = ""
    when: Condition | None = None
    choices: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()  # of a table: key and heading
    substance: bool = False  # whether a change of it is a change of what legal review has seen
    many: bool = False  # of an enum: several choices at once
    shared: str = ""  # what it says about the case, so that documents of one case can be compared

    @property
    def confirmed(self) -> bool:
        """False for a field that is only usual practice: shown as "default, not confirmed"."""
        return self.source != "unverified"

    def needed(self, fields: Mapping[str, Any]) -> bool:
        """Whether the field must be filled, given the other values."""
        if self.required == "required":
            return True
        return self.required == "conditional" and self.when is not None and self.when.holds(fields)


@dataclass(frozen=True, slots=True)
class Element:
    """Something the law demands, e.g. the remedies of article 59; there when all `fields` are filled (or any one)."""

    key: str
    label: str
    fields: tuple[str, ...]
    basis: tuple[Basis, ...]
    when: Condition | None = None
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the number (文号) is formed. `series` names the gap-free series per organ and year."""

    series: str
    code: str
    pattern: str
    confirmed: bool

    def text(self, *, organ: str, year: int, seq: int) -> str:
        """泽水罚决〔2026〕12号."""
        return self.pattern.format(organ=organ, code=self.code, year=year, seq=seq)


@dataclass(frozen=True, slots=True)
class HoldRule:
    """What must be released before sealing. All holds exist from the first draft: silence never opens one."""

    kind: str
    label: str
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A group of document types: where in the work they belong."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Version:
    """One dated version of a document type, for the nation (`territory` empty) or one territory."""

    id: str
    valid_from: date
    valid_until: date | None
    territory: str
    family: str
    heading: str
    fields: tuple[Field, ...]
    elements: tuple[Element, ...]
    body: tuple[Mapping[str, Any], ...]
    page_signatures: tuple[str, ...]
    digest: str
    issuer: str = ""  # who issued it: the ministry, a province, a city; empty for the default of the rulebook
    form_set: str = ""  # the name of the set (统一格式) it belongs to

    def field(self, field_id: str) -> Field:
        """The field of that id; unknown ids are an error."""
        for candidate in self.fields:
            if candidate.id == field_id:
                return candidate
        raise DefinitionError(f"version {self.id} has no field {field_id!r}")

    @property
    def mandatory_fields(self) -> tuple[Field, ...]:
        """Fields that must be filled, always or under a condition."""
        return tuple(f for f in self.fields if f.required != "optional")

    @property
    def substance_fields(self) -> tuple[str, ...]:
        """Fields whose change reopens review: party, facts, evidence, basis, kind, amount, manner."""
        return tuple(f.id for f in self.fields if f.substance)


@dataclass(frozen=True, slots=True)
class Definition:
    """One document type with all its versions."""

    key: str
    title: str
    document_class: str
    stage: str
    purpose: str
    numbering: Numbering | None
    holds: tuple[HoldRule, ...]
    seal: str
    seal_statutory: bool
    signers: tuple[str, ...]
    copies: int | None
    must_be_served: bool
    volume: str
    order: int
    basis: tuple[Basis, ...]
    versions: tuple[Version, ...]
    unconfirmed: tuple[str, ...] = field(default=())  # properties that are a default nobody has confirmed
    title_en: str = ""
    aliases: tuple[str, ...] = ()  # other names under which the same paper is met
    retention: str = ""
    steps: tuple[str, ...] = ()  # "procedure.step" that it accompanies beside those that name it themselves

    @property
    def names(self) -> tuple[str, ...]:
        """The title and the other names."""
        return (self.title, *self.aliases)

    def version_on(self, day: date, *, territory: str = "") -> Version | None:
        """The version valid on `day`, that of the nearest territory first (320102 before 320100 before 320000)."""
        lineage = lineage_of(territory)
        valid = [v for v in self.versions
                 if v.territory in lineage and v.valid_from <= day and (v.valid_until is None or day <= v.valid_until)]
        return max(valid, key=lambda v: (-lineage.index(v.territory), v.valid_from), default=None)

    def version(self, version_id: str) -> Version:
        """A version by its id, whatever the day: an issued document keeps the version it was made with."""
        for candidate in self.versions:
            if candidate.id == version_id:
                return candidate
        raise DefinitionError(f"{self.key} has no version {version_id!r}")


def filled(value: Any) -> bool:
    """Whether a field holds something: `False` and 0 are values, an empty text or list is none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != [] and value != {}


def load_definitions(folder: Path) -> dict[str, Definition]:
    """All definitions of a folder by key. `_groups.toml` holds groups of fields and of blocks that several share."""
    shared_file = folder / "_groups.toml"
    groups = _read(shared_file) if shared_file.exists() else {"groups": {}, "blocks": {}}
    stages = groups.get("stages", {})
    found: dict[str, Definition] = {}
    for path in sorted(folder.glob("[!_]*.toml")):
        try:
            definition = _definition(_read(path), groups)
            if stages and definition.stage not in stages:
                raise DefinitionError(f"stage {definition.stage!r} is not one of {sorted(stages)}")
        except (KeyError, TypeError, ValueError) as error:
            raise DefinitionError(f"rulebook/documents/{path.name}: {error}") from error
        if definition.key != path.stem:
            raise DefinitionError(f"rulebook/documents/{path.name}: the key is {definition.key}")
        found[definition.key] = definition
    return found


def load_stages(folder: Path) -> dict[str, Stage]:
    """The groups of document types in the order of the work, from `_groups.toml`."""
    rows = _read(folder / "_groups.toml").get("stages", {})
    return {key: Stage(key, row["zh"], row["en"]) for key, row in rows.items()}


def read_variant(folder: Path, key: str, row: Mapping[str, Any]) -> Version:
    """A version that stands outside the rulebook, for example in a city's unified set; it may extend one of the rulebook."""
    groups, definition = _read(folder / "_groups.toml"), _read(folder / f"{key}.toml")
    raw = {v["id"]: v for v in definition["versions"]}
    if row.get("id") in raw:
        raise DefinitionError(f"the rulebook has a version {row['id']!r} already")
    if row.get("extends", row.get("id")) not in {*raw, row.get("id")}:
        raise DefinitionError(f"{key} has no version {row['extends']!r} to extend")
    try:
        version = _version(row, raw, groups, title=definition["title"])
    except (KeyError, TypeError, AttributeError) as error:
        raise DefinitionError(f"{key}: {error!r}") from error
    return version


def lacking_fields(version: Version, higher: Version) -> tuple[Field, ...]:
    """The mandatory fields of a higher set that a version leaves out or makes optional: a lower set may only add."""
    strictness = {f.id: _STRICTNESS[f.required] for f in version.fields}
    return tuple(f for f in higher.mandatory_fields if strictness.get(f.id, -1) < _STRICTNESS[f.required])


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{path.name}: {error}") from error


def lineage_of(territory: str) -> list[str]:
    """The territory, its city, its province and the nation (empty), nearest first."""
    codes = [territory] if territory else []
    if len(territory) == 6:
        codes += [c for c in (territory[:4] + "00", territory[:2] + "0000") if c not in codes]
    return [*codes, ""]


def _definition(row: dict[str, Any], groups: Mapping[str, Any]) -> Definition:
    _known(row, {"key", "title", "class", "stage", "purpose", "number", "holds", "seal", "seal_statutory", "signers",
                 "copies", "must_be_served", "volume", "order", "basis", "versions", "unconfirmed", "title_en", "aliases",
                 "retention", "steps"}, "definition")
    raw = {v["id"]: v for v in row["versions"]}
    if len(raw) != len(row["versions"]):
        raise DefinitionError("two versions have one id")
    retention = _one_of(row.get("retention", ""), RETENTIONS, "retention")
    if "volume" in row and (row["volume"] == "none") != bool(retention):
        raise DefinitionError("a retention of its own has exactly what lies in no dossier")
    return Definition(
        key=row["key"], title=row["title"], document_class=_one_of(row["class"], CLASSES, "class"), stage=row["stage"],
        purpose=row["purpose"], numbering=_numbering(row.get("number")),
        holds=tuple(HoldRule(h["kind"], h["label"], _bases(h.get("basis", ()))) for h in row.get("holds", ())),
        seal=_one_of(row.get("seal", "none"), SEALS, "seal"), seal_statutory=row.get("seal_statutory", False),
        signers=tuple(row.get("signers", ())), copies=row.get("copies"), must_be_served=row.get("must_be_served", False),
        volume=_one_of(row["volume"], VOLUMES, "volume"), order=row["order"], basis=_bases(row.get("basis", ())),
        versions=tuple(_version(v, raw, groups, title=row["title"]) for v in row["versions"]),
        unconfirmed=tuple(row.get("unconfirmed", ())), title_en=row.get("title_en", ""),
        aliases=tuple(row.get("aliases", ())), retention=retention, steps=tuple(row.get("steps", ())),
    )


def _numbering(row: Mapping[str, Any] | None) -> Numbering | None:
    if row is None:
        return None
    numbering = Numbering(row["series"], row["code"], row.get("pattern", "{organ}{code}〔{year}〕{seq}号"),
                          row.get("confirmation", "U") != "U")
    numbering.text(organ="泽水", year=2026, seq=1)
    return numbering


def _version(row: Mapping[str, Any], raw: Mapping[str, Any], groups: Mapping[str, Any], *, title: str) -> Version:
    whole = dict(raw[row["extends"]]) | dict(row) if "extends" in row else dict(row)
    _known(whole, {"id", "extends", "valid_from", "valid_until", "territory", "family", "heading", "groups", "fields",
                   "more_fields", "elements", "body", "page_signatures", "issuer", "form_set"}, "version")
    fields = _fields(whole, groups)
    body = tuple(_body(whole["body"], groups["blocks"]))
    version = Version(
        id=whole["id"], valid_from=whole["valid_from"], valid_until=whole.get("valid_until"),
        territory=row.get("territory", ""), family=_one_of(whole["family"], FAMILIES, "family"),
        heading=whole.get("heading", title), fields=fields, elements=tuple(map(_element, whole.get("elements", ()))),
        body=body, page_signatures=tuple(whole.get("page_signatures", ())),
        digest=_digest(whole | {"body": body}, fields), issuer=_one_of(whole.get("issuer", ""), ISSUERS, "issuer"),
        form_set=whole.get("form_set", ""),
    )
    _check_version(version)
    return version


def _fields(row: Mapping[str, Any], groups: Mapping[str, Any]) -> tuple[Field, ...]:
    rows: dict[str, Mapping[str, Any]] = {}
    for name in row.get("groups", ()):
        rows |= {f["id"]: f for f in groups["groups"][name]}
    rows |= {f["id"]: f for f in row.get("fields", ())}  # a field of the version replaces the group's field in its place
    rows |= {f["id"]: f for f in row.get("more_fields", ())}  # what a variant adds to the fields it extends
    return tuple(_field(f) for f in rows.values())


def _body(blocks: Iterable[Mapping[str, Any]], shared: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for block in blocks:
        found += shared[block["include"]] if "include" in block else [block]
    return found


def _field(row: Mapping[str, Any]) -> Field:
    _known(row, {"id", "label", "type", "required", "source", "hint", "when", "choices", "columns", "substance",
                 "shared", "many"}, f"field {row.get('id')}")
    required = _one_of(row.get("required", "required"), REQUIRED, "required")
    when = _condition(row.get("when"))
    if (required == "conditional") != (when is not None):
        raise DefinitionError(f"field {row['id']}: a conditional field needs `when`, and only a conditional one has it")
    return Field(
        id=row["id"], label=row["label"], type=_one_of(row.get("type", "string"), TYPES, f"type of {row['id']}"),
        required=required, source=_one_of(row.get("source", "form"), SOURCES, "source"), hint=row.get("hint", ""),
        when=when, choices=tuple(row.get("choices", ())),
        columns=tuple((k, v) for k, v in row.get("columns", {}).items()), substance=row.get("substance", False),
        shared=row.get("shared", ""), many=row.get("many", False),
    )


def _condition(row: Mapping[str, Any] | str | None) -> Condition | None:
    if row is None:
        return None
    if isinstance(row, str):
        return Condition(row)
    return Condition(row["field"], tuple(str(v) for v in row.get("is", ())))


def condition_from(row: Mapping[str, Any] | str | None) -> Condition | None:
    """The condition of a block of the body: `"hearing_held"` or `{field = "method", is = ["留置送达"]}`."""
    return _condition(row)


def _element(row: Mapping[str, Any]) -> Element:
    return Element(row["key"], row["label"], tuple(row["fields"]), _bases(row.get("basis", ())),
                   _condition(row.get("when")), row.get("any_of", False))


def _bases(rows: Iterable[Mapping[str, Any]]) -> tuple[Basis, ...]:
    return tuple(Basis(**row) for row in rows)


def _digest(row: Mapping[str, Any], fields: tuple[Field, ...]) -> str:
    content = {"row": row, "fields": [[f.id, f.label, f.type, f.required] for f in fields]}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _check_version(version: Version) -> None:
    ids = {f.id for f in version.fields}
    for spec in version.fields:
        if spec.when and spec.when.field not in ids:
            raise DefinitionError(f"field {spec.id} depends on unknown {spec.when.field}")
    for element in version.elements:
        if missing := set(element.fields) - ids:
            raise DefinitionError(f"element {element.key} names unknown fields {sorted(missing)}")
    for block in version.body:
        if len(BLOCKS & set(block)) != 1:
            raise DefinitionError(f"a block is exactly one of {sorted(BLOCKS)}: {block}")


def _known(row: Mapping[str, Any], names: set[str], what: str) -> None:
    if unknown := set(row) - names:
        raise DefinitionError(f"{what} with unknown entries {sorted(unknown)}")


def _one_of(value: str, allowed: frozenset[str], what: str) -> str:
    if value not in allowed:
        raise DefinitionError(f"{what} {value!r} is not one of {sorted(allowed)}")
    return value
