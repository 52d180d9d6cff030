"""A book of Markdown chapters as one PDF (contents, page numbers) and as a small site of HTML pages.

What it reads is the Markdown of the house: headings, paragraphs, lists, tables, links, code, fenced code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil

import typst
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from dayu.paper.typeset import SettingFailed, choose_faces

WIDE, HIGH = 16.4, 24.0  # what a page holds, in centimetres
READER = MarkdownIt("commonmark", {"html": False}).enable("table")
_STYLE = (
    "body{margin:0 auto;max-width:60rem;padding:1rem;font:16px/1.8 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#15202b}"
    "table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid #b7c4cf;padding:.3em .6em;"
    "text-align:left;vertical-align:top}code{background:#eef3f7;padding:0 .2em}a{color:#0b5cab}nav{margin-bottom:1rem}"
    "pre{overflow-x:auto;background:#eef3f7;padding:.6em}@media print{nav{display:none}}"
)
_PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>{style}</style></head><body>{nav}<main>{body}</main></body></html>\n"
)


def site_pages(pages: Mapping[str, str], *, index: str, figures: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """`file.md` -> Markdown becomes `file.html` -> HTML; the index becomes `index.html`. Links between chapters follow.

    `figures` gives the SVG of a fenced chart by its text.
    """
    reader = reader_with(figures or {})
    names = {name: "index.html" if name == index else name.removesuffix(".md") + ".html" for name in pages}
    made: dict[str, str] = {}
    for name, text in pages.items():
        body = reader.render(text)
        for old, new in names.items():
            body = body.replace(f'href="{old}', f'href="{new}')
        title = escape(_title(text))
        nav = "" if name == index else '<nav><a href="index.html">目录</a></nav>'
        made[names[name]] = _PAGE.format(title=title, style=_STYLE, nav=nav, body=body)
    return made


def reader_with(figures: Mapping[str, str]) -> MarkdownIt:
    """A reader of the house's Markdown that draws charts whose SVG is given; others stay as text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")

    def fence(self: RendererHTML, tokens: Sequence[Token], at: int, options: object, env: object) -> str:
        drawn = figures.get(tokens[at].content.strip())
        return f"<figure>{drawn}</figure>" if drawn else f"<pre><code>{escape(tokens[at].content)}</code></pre>"

    reader.add_render_rule("fence", fence)
    return reader


def book_pdf(chapters: Sequence[str], *, title: str, note: str = "", figures: Mapping[str, str] | None = None) -> bytes:
    """All chapters in one PDF with a table of contents and the figures drawn. Raises `SettingFailed` with what the typesetter says."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    faces = choose_faces(set(fonts.families()))
    source = "\n".join([_head(title, note, faces.hei), *("\n".join(_chapter(c, figures or {})) for c in chapters)])
    try:
        made = typst.Compiler(input=source.encode(), font_paths=fonts).compile(format="pdf")
    except typst.TypstError as error:
        raise SettingFailed(f"{title}: {error.message} {' '.join(error.hints)}".strip()) from error
    assert isinstance(made, bytes)  # one PDF, not a list of pages
    return made


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip()


def _head(title: str, note: str, families: Sequence[str]) -> str:
    named = ", ".join(json.dumps(f, ensure_ascii=False) for f in families)
    return "\n".join(
        [
            f'#set text(font: ({named},), size: 10pt, lang: "zh", region: "cn")',
            '#set page(paper: "a4", margin: 2.2cm, numbering: "1")',
            "#set par(leading: .8em, justify: true)",
            "#set table(stroke: .4pt, inset: 4pt)",
            "#show table: set text(size: 8.5pt)",
            "#show heading.where(level: 1): it => pagebreak(weak: true) + it",
            f'#align(center)[#v(6cm)#text(size: 26pt, weight: "bold")[{_said(title)}]#v(1em){_said(note)}]',
            '#pagebreak()#outline(depth: 2, title: "目录")',
        ]
    )


def _chapter(text: str, figures: Mapping[str, str]) -> Iterator[str]:
    for node in SyntaxTreeNode(READER.parse(text)).children:
        drawn = figures.get(node.content.strip()) if node.type == "fence" else None
        yield _figure(drawn) if drawn else _block(node)


def _figure(svg: str) -> str:
    """A chart as wide as the page; one that is higher than the page goes on over as many pages as it needs."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    high = WIDE * float(box[2]) / float(box[1]) if box else WIDE
    drawn = f'image(bytes({json.dumps(svg, ensure_ascii=False)}), format: "svg", width: {WIDE}cm, height: {high:.2f}cm)'
    if high <= HIGH:
        return f"#{drawn}"
    return (
        f"#let drawn = {drawn}\n#for part in range({ceil(high / HIGH)}) {{ "
        f"block(breakable: false, width: {WIDE}cm, height: {HIGH}cm, clip: true, place(top + left, dy: -part * {HIGH}cm, drawn)) }}"
    )


def _block(node: SyntaxTreeNode) -> str:
    """One block as Typst markup. What is not known is set as plain text, never lost."""
    if node.type == "heading":
        return f"#heading(level: {node.tag[1:]})[{_inline(node)}]"
    if node.type == "paragraph":
        return f"{_inline(node)}\n#parbreak()"
    if node.type in {"bullet_list", "ordered_list"}:
        made = "list" if node.type == "bullet_list" else "enum"
        return f"#{made}({', '.join(f'[{_blocks(item)}]' for item in node.children)})"
    if node.type == "table":
        return _table(node)
    if node.type in {"fence", "code_block"}:
        return f"#raw({json.dumps(node.content, ensure_ascii=False)}, block: true)"
    if node.type == "blockquote":
        return f"#quote(block: true)[{_blocks(node)}]"
    return "#line(length: 100%)" if node.type == "hr" else _said(node.content)


def _blocks(node: SyntaxTreeNode) -> str:
    return "".join(_inline(c) if c.type == "paragraph" else _block(c) for c in node.children)


def _table(node: SyntaxTreeNode) -> str:
    rows = [[_inline(cell) for cell in row.children] for part in node.children for row in part.children]
    longest = [max(len(re.sub(r"#\w+|[\[\]\"()]", "", row[i])) for row in rows) for i in range(len(rows[0]))]
    widths = ", ".join(f"{min(max(n, 4), 40)}fr" for n in longest)
    head = ", ".join(f"[*{cell}*]" for cell in rows[0])
    body = ", ".join(f"[{cell}]" for row in rows[1:] for cell in row)
    return f"#table(columns: ({widths},), table.header({head}), {body})"


def _inline(node: SyntaxTreeNode) -> str:
    return "".join(
        _piece(c) for child in node.children for c in (child.children if child.type == "inline" else [child])
    )


def _piece(node: SyntaxTreeNode) -> str:
    if node.type == "text":
        return _said(node.content)
    if node.type == "code_inline":
        return f"#raw({json.dumps(node.content, ensure_ascii=False)})"
    if node.type in {"softbreak", "hardbreak"}:
        return "#linebreak()" if node.type == "hardbreak" else " "
    inner = "".join(_piece(c) for c in node.children)
    return f"#strong[{inner}]" if node.type == "strong" else f"#emph[{inner}]" if node.type == "em" else inner


def _said(text: str) -> str:
    """Words as they stand: a string holds no markup."""
    return f"#{json.dumps(text, ensure_ascii=False)};" if text else ""
