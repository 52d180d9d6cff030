"""What changes when a draft goes over from one version of its form to another: fields, fixed words, values left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dayu.paper.compose import Composed, Letterhead, compose, shown
from dayu.paper.definitions import Definition, Field, Version, filled


@dataclass(frozen=True, slots=True)
class FormChange:
    """The difference of two versions for the values of one draft. Texts are whole, so that both can be laid side by side."""

    dropped: tuple[dict[str, str], ...]  # fields that the new form does not have, with what was written there
    added: tuple[dict[str, str], ...]  # fields that only the new form has
    stricter: tuple[str, ...]  # labels of fields that must be filled now and need not before
    relabelled: tuple[dict[str, str], ...]
    before: str
    after: str

    @property
    def values_lost(self) -> bool:
        """Whether something written has no place any more."""
        return any(row["value"] for row in self.dropped)

    def as_json(self) -> dict[str, Any]:
        """To be kept with the draft."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


def form_change(definition: Definition, old: Version, new: Version, fields: Mapping[str, Any]) -> FormChange:
    """Compare two versions of a document type, as far as the values of one draft show it."""
    before, after = {f.id: f for f in old.fields}, {f.id: f for f in new.fields}
    both = [(before[i], after[i]) for i in before if i in after]
    return FormChange(
        dropped=tuple(_row(before[i], fields.get(i)) for i in before if i not in after),
        added=tuple({"id": f.id, "label": f.label, "required": f.required} for i, f in after.items() if i not in before),
        stricter=tuple(b.label for a, b in both if b.required == "required" != a.required),
        relabelled=tuple({"id": a.id, "before": a.label, "after": b.label} for a, b in both if a.label != b.label),
        before=_text(compose(definition, old, kept_values(old, fields), letterhead=Letterhead(""))),
        after=_text(compose(definition, new, kept_values(new, fields), letterhead=Letterhead(""))),
    )


def kept_values(version: Version, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values that have a place in a version."""
    known = {f.id for f in version.fields}
    return {key: value for key, value in fields.items() if key in known}


def _row(spec: Field, value: Any) -> dict[str, str]:
    return {"id": spec.id, "label": spec.label, "value": shown(spec, value) if filled(value) else ""}


def _text(composed: Composed) -> str:
    """The heading, then a line for each paragraph, row and place to sign; blanks are shown as such."""
    lines = [composed.title]
    for block in composed.blocks:
        lines += _LINES.get(str(block["k"]), _paragraph)(block)
    return "\n".join(filter(None, lines))


def _words(runs: Any) -> str:
    return "".join(str(run["t"]) or "____" for run in runs)


def _paragraph(block: Mapping[str, Any]) -> list[str]:
    return [_words(block.get("runs", ()))]


def _rows(block: Mapping[str, Any]) -> list[str]:
    return ["　".join(_words(cell["runs"]) for cell in row) for row in block["rows"]]


def _table(block: Mapping[str, Any]) -> list[str]:
    return ["　".join(block["head"]), *("　".join(map(_words, row)) for row in block["rows"])]


def _opinion(block: Mapping[str, Any]) -> list[str]:
    return [f"{block['label']}：{_words(block['runs'])}　{_signers(block['signed'])}"]


def _sign(block: Mapping[str, Any]) -> list[str]:
    return [_signers(block["items"])]


def _seal(block: Mapping[str, Any]) -> list[str]:
    return [_words(block["organ"]), _words(block["date"])]


def _signers(items: Any) -> str:
    return "　".join(f"{item['label']}：____" for item in items)


_LINES = {"rows": _rows, "table": _table, "opinion": _opinion, "sign": _sign, "seal": _seal}
