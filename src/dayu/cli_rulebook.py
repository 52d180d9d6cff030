"""`dayu rulebook …`: lint benchmarks, try a draft on past cases, explain a rule, benchmarks to Excel.

Needs no settings and no database. What cannot be read exits with 2 and one line on standard error; what is read and has
faults exits with 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Mapping
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from dayu.law.benchmark_examples import example_findings
from dayu.law.benchmark_findings import FAULT
from dayu.law.benchmark_linter import Lint, lint
from dayu.law.benchmarks import Benchmark, benchmark_from, benchmark_table, benchmarks
from dayu.law.calendar import national_calendar
from dayu.law.explain import Explanation, UnknownRule, explain
from dayu.law.past_cases import UnreadableCase, past_cases
from dayu.law.refusals import worded
from dayu.law.rulebook import RulebookError
from dayu.law.what_if import KINDS, WhatIf, what_if

EXIT_FAULTS, EXIT_MISUSE = 1, 2
FORMS = {".json": "json", ".jsonl": "jsonl", ".csv": "csv"}
KIND_WORDS = {
    "same": "不变",
    "lighter": "更轻",
    "harsher": "更重",
    "other_tier": "换档",
    "now_covered": "新纳入",
    "no_longer_covered": "不再有档",
    "facts_needed": "缺少因素",
}

Tables = Mapping[str, Mapping[str, Any]]


class Misuse(ValueError):
    """What was given cannot be read; the message is the one line that is shown."""


def add_parser(groups: Any) -> None:
    """Add `rulebook` and its commands."""
    group = groups.add_parser("rulebook", help="the rulebook: lint, what-if, explain, benchmarks to Excel")
    commands = group.add_subparsers(
        title="commands", metavar="COMMAND", dest="rulebook_command", required=True, parser_class=type(group)
    )
    one = commands.add_parser("lint", help="gaps, overlaps, unreachable tiers, amounts outside the law")
    one.add_argument("path", nargs="?", help="a .toml or .xlsx file of benchmarks, or a folder of .toml files")
    one.add_argument("--json", action="store_true", help="answer in JSON")
    one.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the findings")
    one = commands.add_parser("what-if", help="past cases judged again under a draft benchmark")
    one.add_argument("draft", help="a .toml or .xlsx file with the draft")
    one.add_argument(
        "--cases", required=True, metavar="FILE", help="past cases: .json, .jsonl or .csv, or - for JSON lines"
    )
    one.add_argument("--key", help="which benchmark of the file, where it holds several")
    one.add_argument("--keep", type=int, metavar="N", help="list at most N changed cases; the figures count all")
    one.add_argument("--json", action="store_true", help="answer in JSON")
    one = commands.add_parser("explain", help="what a rule says, its basis, its examples, how far it is confirmed")
    one.add_argument("id", help="a violation, benchmark, limit, refusal …: KEY or KIND:KEY")
    one.add_argument("--json", action="store_true", help="answer in JSON")
    one = commands.add_parser("book", help="the lawbook as HTML pages and as one PDF")
    one.add_argument("folder", help="where to write them")
    one = commands.add_parser("export", help="benchmarks to an Excel file")
    one.add_argument("file", help="the .xlsx file to write")
    one.add_argument("keys", nargs="*", metavar="KEY", help="which benchmarks; all of the rulebook by default")


def run(args: argparse.Namespace) -> int:
    """Run the command that was called."""
    commands = {"lint": run_lint, "what-if": run_what_if, "explain": run_explain, "export": run_export, "book": run_book}
    try:
        return commands[args.rulebook_command](args)
    except (Misuse, RulebookError, UnknownRule, UnreadableCase) as error:
        print(f"dayu rulebook: {error}", file=sys.stderr)
        return EXIT_MISUSE


def run_lint(args: argparse.Namespace) -> int:
    """`dayu rulebook lint`: the shipped benchmarks, or those of a file beside the shipped ones."""
    tables, unread = _tables(args.path) if args.path else ({key: benchmark_table(key) for key in benchmarks()}, [])
    mine = {key: _benchmark(key, table) for key, table in tables.items()}
    among = {**benchmarks(), **mine}
    found = [_linted(mine[key], table, among) for key, table in tables.items()]
    clean = not unread and all(one.clean for one in found)
    if args.json:
        answer = {"clean": clean, "unread_rows": unread, "benchmarks": [one.as_json(args.lang) for one in found]}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lint_lines(found, unread, args.lang)))
    return 0 if clean else EXIT_FAULTS


def _linted(benchmark: Benchmark, table: Mapping[str, Any], among: Mapping[str, Benchmark]) -> Lint:
    found = lint(benchmark, among=among)
    examples = example_findings(benchmark, tuple(table.get("examples", ())))
    return Lint(benchmark, (*found.findings, *examples), found.exempted)


def _lint_lines(found: list[Lint], unread: list[str], language: str) -> list[str]:
    """One line a benchmark, then its findings: ✗ must be repaired, · should be known, – the source has it so."""
    lines = [f"✗ {text}" for text in unread]
    for one in found:
        lines.append(f"{'✓' if one.clean else '✗'} {one.benchmark.key}  {one.benchmark.name}")
        for finding in one.findings:
            fix = worded(finding.refusal(language), language).fix if finding.severity == FAULT else ""
            lines.append(
                f"  {'✗' if finding.severity == FAULT else '·'} {finding.text(language)}" + (f" → {fix}" if fix else "")
            )
        lines += [f"  – {f.text(language)}（{e.why}）" for f, e in one.exempted]
    return lines


def run_what_if(args: argparse.Namespace) -> int:
    """`dayu rulebook what-if`: which past cases a draft would treat otherwise."""
    if args.keep is not None and args.keep < 0:
        raise Misuse("--keep must not be below 0")
    tables, unread = _tables(args.draft)
    if unread:
        raise Misuse(unread[0])
    key = args.key or next(iter(tables), "")
    if key not in tables or (len(tables) > 1 and not args.key):
        raise Misuse(f"{args.draft} holds {', '.join(tables) or 'no benchmark'}: name one with --key")
    draft = _benchmark(key, tables[key])
    text, form = _cases_text(args.cases)
    found = what_if(
        draft, past_cases(text, form=form), known=benchmarks(), calendar=national_calendar(), keep=args.keep
    )
    if args.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_what_if_lines(found)))
    return 0


def _what_if_lines(found: WhatIf) -> list[str]:
    kinds = "，".join(f"{KIND_WORDS[kind]} {found.kinds[kind]}" for kind in KINDS if found.kinds[kind])
    lines = [
        f"草案 {found.draft}：比对 {found.judged} 件（{kinds or '无'}），不适用 {found.not_concerned} 件",
        f"罚款合计 {found.total_before:,.0f} 元 → 推算 {found.total_after:,.0f} 元；原罚款不在新档内 {found.leaving} 件",
    ]
    lines += [f"  {a or '无基准'} → {b}：{n} 件" for (a, b), n in sorted(found.moves.items())]
    most = max((max(bar["before"], bar["after"]) for bar in found.histogram()), default=0)
    for bar in found.histogram():
        label = f"{bar['from_yuan']}–{bar['below_yuan'] or ''}"
        lines.append(
            f"  {label:>18}  {_bar(bar['before'], most)} {bar['before']} → {_bar(bar['after'], most)} {bar['after']}"
        )
    for change in found.changes:
        before = (change.before.tier if change.before else None) or "无档"
        projected = (
            ""
            if change.projected_yuan is None
            else f"，{change.case.fine_yuan or 0:,f} → {change.projected_yuan:,.0f} 元"
        )
        lines.append(
            f"· {change.case.reference}：{KIND_WORDS[change.kind]}，{before} → {change.after.tier or change.after.why}{projected}"
        )
    return lines


def _bar(count: int, most: int) -> str:
    return "█" * round(20 * count / most) if most else ""


def run_explain(args: argparse.Namespace) -> int:
    """`dayu rulebook explain`: one rule."""
    found = explain(args.id)
    if args.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_explain_lines(found)))
    return 0


def _explain_lines(found: Explanation) -> list[str]:
    told = found.as_json()
    lines = [f"{told['kind']} {told['id']}", found.text]
    lines += [f"依据：{c.text()}" + (f"（{c.edition}）" if c.edition else "") for c in found.basis]
    lines += [f"核实：{told['confirmed']}", f"算例：{len(found.examples)} 个", f"出处：{told['file']}"]
    return lines


def run_export(args: argparse.Namespace) -> int:
    """`dayu rulebook export`: benchmarks of the rulebook to Excel."""
    from dayu.powers.benchmark_excel import written

    unknown = [key for key in args.keys if key not in benchmarks()]
    if unknown:
        raise Misuse(f"no benchmark {unknown[0]!r} in the rulebook")
    keys = args.keys or list(benchmarks())
    try:
        Path(args.file).write_bytes(written({key: benchmark_table(key) for key in keys}))
    except OSError as error:
        raise Misuse(f"cannot write {args.file}: {error.__class__.__name__}") from None
    print(f"{args.file}：{len(keys)} 项裁量基准")
    return 0


def run_book(args: argparse.Namespace) -> int:
    """`dayu rulebook book`: the lawbook as a site of HTML pages and as one PDF."""
    from dayu.law.lawbook import INDEX, figures, render_all
    from dayu.paper.book import book_pdf, site_pages

    pages, drawn, folder = render_all(), figures(), Path(args.folder)
    made = {name: page.encode() for name, page in site_pages(pages, index=INDEX, figures=drawn).items()}
    chapters = [text for name, text in pages.items() if name != INDEX]
    made["lawbook.pdf"] = book_pdf(chapters, title="规则手册", note="大禹规则库生成", figures=drawn)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise Misuse(f"cannot write {args.folder}: {error.__class__.__name__}") from None
    print(f"{args.folder}：{len(made)} 个文件")
    return 0


def _benchmark(key: str, table: Mapping[str, Any]) -> Benchmark:
    try:
        return benchmark_from(key, table)
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise Misuse(f"benchmark {key} cannot be read: {error.__class__.__name__} {error}") from None


def _tables(path: str) -> tuple[Tables, list[str]]:
    """The tables of benchmarks of a file or folder, and the rows of an Excel file that could not be read."""
    place = Path(path)
    if place.is_dir():
        found: dict[str, Mapping[str, Any]] = {}
        for file in sorted(place.rglob("*.toml")):
            for key, table in _toml(file).items():
                if key in found:
                    raise Misuse(f"{file} has {key} a second time")
                found[key] = table
        return found, []
    return _workbook(place) if place.suffix.lower() == ".xlsx" else (_toml(place), [])


def _toml(file: Path) -> Tables:
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"cannot read {file}: {error.__class__.__name__}") from None
    except tomllib.TOMLDecodeError as error:
        raise Misuse(f"{file} is no TOML: {error}") from None
    if loose := [key for key, table in found.items() if not isinstance(table, Mapping)]:
        raise Misuse(f"{file} is no file of benchmarks: {loose[0]} stands outside a table")
    return found


def _workbook(file: Path) -> tuple[Tables, list[str]]:
    from dayu.powers.benchmark_excel import NotAWorkbook, read

    try:
        with file.open("rb") as opened:
            found = read(opened)
    except OSError as error:
        raise Misuse(f"cannot read {file}: {error.__class__.__name__}") from None
    except NotAWorkbook as error:
        raise Misuse(f"{file}: {error}") from None
    return found.tables, [fault.text() for fault in found.faults]


def _cases_text(path: str) -> tuple[str, str]:
    if path == "-":
        return sys.stdin.read(), "jsonl"
    form = FORMS.get(Path(path).suffix.lower())
    if form is None:
        raise Misuse(f"{path}: cases come as .json, .jsonl or .csv")
    try:
        return Path(path).read_text("utf-8"), form
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"cannot read {path}: {error.__class__.__name__}") from None
