"""Reads official files as published: Markdown, plain text or Word; name, edition and day of entry into force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile

from docx import Document as WordDocument

from dayu.basis.importing import UnreadableStatute, read_statute
from dayu.law.citations import Law, laws

READABLE = (".md", ".txt", ".docx")
MOST_BYTES = 16 << 20
_NAMED = re.compile(r"^(?P<name>.+?)[(（_](?P<day>\d{4}-?\d{2}-?\d{2})[)）]?$")
_BEGINS = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)")
_AT_ONCE = re.compile(r"自(?:发布|公布)之日起(?:施行|实施|执行)")
_PREFIX = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class OfficialText:
    """One edition as its file tells it."""

    key: str
    name: str
    short_name: str
    level: str
    edition: str
    in_force_from: date
    text: str


def text_of_file(name: str, content: bytes) -> str:
    """The words of a file. Raises `UnreadableStatute` with the reason."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READABLE:
        raise UnreadableStatute(f"不支持的文件种类“{suffix}”，请用 Word（docx）、Markdown 或文本文件")
    if len(content) > MOST_BYTES:
        raise UnreadableStatute("文件太大")
    if suffix == ".docx":
        return _words_of(content)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableStatute("读不出文字，请另存为 UTF-8 文本")


def read_official_file(name: str, content: bytes) -> OfficialText:
    """An edition from a file named `名称(2021-01-22).md`. What the file does not tell comes from the rulebook."""
    found = _NAMED.match(PurePath(name).stem.strip())
    if found is None:
        raise UnreadableStatute("文件名须为“名称(公布日期)”，例如“节约用水条例(2024-03-09).docx”")
    edition = date.fromisoformat(found["day"]).isoformat()
    known = _known(found["name"])
    text = text_of_file(name, content)
    read_statute(text)
    return OfficialText(
        key=known.key if known is not None else found["name"][:60],
        name=known.name if known is not None else found["name"],
        short_name=known.short if known is not None else found["name"].removeprefix(_PREFIX)[:80],
        level=known.level if known is not None else _level_of(found["name"]),
        edition=edition,
        in_force_from=_begins(known, edition, text),
        text=text,
    )


def _words_of(content: bytes) -> str:
    try:
        return "\n".join(p.text for p in WordDocument(BytesIO(content)).paragraphs)
    except (BadZipFile, KeyError, ValueError) as fault:
        raise UnreadableStatute("不是完好的 Word 文件") from fault


def _known(name: str) -> Law | None:
    bare = name.removeprefix(_PREFIX)
    return next((k for k in laws().values() if bare in (k.name.removeprefix(_PREFIX), k.short)), None)


def _level_of(name: str) -> str:
    if name.endswith("法") and not name.endswith("办法"):
        return "law"
    if name.endswith("条例"):
        return "local-regulation"
    return "policy"


def _begins(known: Law | None, edition: str, text: str) -> date:
    """The rulebook's day for an edition it knows; else what the text says, not before the edition itself."""
    for one in known.editions if known is not None else ():
        if one.edition == edition:
            return one.in_force_from
    if _AT_ONCE.search(text):
        return date.fromisoformat(edition)
    said = [date(int(y), int(m), int(d)) for y, m, d in _BEGINS.findall(text)]
    if not said:
        raise UnreadableStatute("文本里没有写施行日期")
    return max(said[-1], date.fromisoformat(edition))
