"""The catalogue of document types: where each belongs, which steps use it, and whose form is in force in a territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from dayu.documents import facts
from dayu.documents.issued_forms import issued_in
from dayu.law.procedures.register import PROCEDURES
from dayu.law.rulebook import rulebook_root
from dayu.law.words import has_word, word
from dayu.paper.definitions import Definition, Stage, Version, load_stages


@dataclass(frozen=True, slots=True)
class Use:
    """A step of a procedure that makes the document or is accompanied by it."""

    procedure: str
    act: str

    def words(self, language: str) -> str:
        """普通程序：批准立案."""
        known = (("procedures", self.procedure), ("acts", self.act))
        procedure, act = (word(table, key, language) if has_word(table, key) else key for table, key in known)
        return f"{procedure}：{act}" if not language.startswith("en") else f"{procedure}: {act}"


@dataclass(frozen=True, slots=True)
class TypeHere:
    """One document type as it stands in a territory on a day: all its versions there, the one in force, the next."""

    definition: Definition
    stage: Stage
    in_force: Version | None
    coming: Version | None
    uses: tuple[Use, ...]


@cache
def stages() -> Mapping[str, Stage]:
    """The groups in the order of the work."""
    return load_stages(rulebook_root() / "documents")


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Document type -> steps: those that name it, then those that the definition says it accompanies."""
    found: dict[str, dict[Use, None]] = {key: {} for key in facts.definitions()}
    for procedure in PROCEDURES.values():
        for step in procedure.steps:
            for key in step.documents:
                found.setdefault(key, {})[Use(procedure.key, step.act)] = None
    for key, definition in facts.definitions().items():
        for name in definition.steps:
            found[key][Use(*name.split("."))] = None
    return {key: tuple(steps) for key, steps in found.items()}


def types_in(territory: str, *, on: date) -> list[TypeHere]:
    """All document types as they stand in a territory, by group and place in the dossier: one query."""
    issued, order = issued_in(territory), list(stages())
    found = [
        type_here(replace(d, versions=(*d.versions, *issued.get(d.key, ()))), territory, on=on)
        for d in facts.definitions().values()
    ]
    return sorted(found, key=lambda t: (order.index(t.stage.key), t.definition.order, t.definition.key))


def type_here(definition: Definition, territory: str, *, on: date) -> TypeHere:
    """One document type; `definition` holds the issued versions already."""
    place = territory[:6]
    in_force = definition.version_on(on, territory=place)
    later = sorted({v.valid_from for v in definition.versions if v.valid_from > on})
    followers = (definition.version_on(day, territory=place) for day in later)
    coming = next((v for v in followers if v is not None and v != in_force), None)
    return TypeHere(definition, stages()[definition.stage], in_force, coming, uses().get(definition.key, ()))


def matches(found: TypeHere, words: str) -> bool:
    """Whether every word stands in the names, the purpose or the steps of a type."""
    definition = found.definition
    text = " ".join([*definition.names, definition.title_en, definition.key, definition.purpose,
                     *(use.words(language) for use in found.uses for language in ("zh", "en"))]).lower()
    return all(part in text for part in words.lower().split())
