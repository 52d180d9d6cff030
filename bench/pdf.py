"""PDF of a decision, warm, each with other text: at most 60 ms at the 95th percentile, beside docxtpl and LibreOffice.

docxtpl makes a DOCX of the same fields from a template; LibreOffice, where it is installed, turns one into PDF.
"""

from __future__ import annotations

import io
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate

from dayu.paper.compose import Letterhead, compose
from dayu.paper.definitions import load_definitions
from dayu.paper.typeset import Typesetter
from dayu.paper.word import write_docx

ROOT = Path(__file__).resolve().parent.parent
LIMIT_MS, ROUNDS, WARM = 60.0, 150, 5

FIELDS: dict[str, Any] = {
    "party_type": "法人",
    "party_address": "沧宁省泽川县白鹿镇江边路18号",
    "org_uscc": "91990121MA0000009N",
    "org_legal_rep": "陈立本",
    "evidence": ["现场勘验笔录一份及现场照片12张", "询问笔录两份", "测绘报告一份"],
    "law_violated": "《中华人民共和国水法》第三十九条第一款",
    "penalty_basis": "《沧宁省河道采砂管理办法》第三十一条",
    "discretion": "初次违法，积极配合调查并恢复原状，属一般情节。",
    "notice_no": "泽水罚告〔2026〕9号",
    "notice_served_on": "2026-04-10",
    "defence": "当事人未提出陈述、申辩。",
    "penalty_kinds": ["罚款"],
    "fine_yuan": "50000",
    "fine_capitals": "伍万元整",
    "manner": "罚款缴至指定账户。",
    "period": "自收到本决定书之日起十五日内",
    "collecting_bank": "泽川县农村商业银行",
    "additional_fine": "到期不缴纳的，每日按百分之三加处罚款。",
    "review_organ": "泽川县人民政府",
    "review_days": 60,
    "court_name": "泽川县人民法院",
    "suit_period": "六个月",
    "organ_name": "泽川县水利局",
    "issued_on": "2026-04-20",
}


def fields(n: int) -> dict[str, Any]:
    """Another decision each time, so that nothing set before can be used again."""
    facts = "".join(
        f"第{n}案：于{n + k}日在桩号K{n}+{k * 37}处采挖河砂{n * 13 + k}立方米，经询问、勘验、测绘查明。" for k in range(12)
    )
    return {**FIELDS, "party_name": f"泽川县恒达第{n}砂石有限公司", "facts": facts}


def measure(make: Callable[[int], object], rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds: median and 95th percentile."""
    for n in range(WARM):
        make(100_000 + n)
    spent = []
    for n in range(rounds):
        started = time.perf_counter()
        make(n)
        spent.append((time.perf_counter() - started) * 1000)
    spent.sort()
    return {"median": round(statistics.median(spent), 1), "p95": round(spent[int(len(spent) * 0.95)], 1)}


def template() -> bytes:
    """A docxtpl template with the same fields."""
    document = docx.Document()
    for name, value in FIELDS.items():
        each = "{% for x in " + name + " %}{{ x }}；{% endfor %}"
        document.add_paragraph(each if isinstance(value, list) else "{{ " + name + " }}")
    for name in ("party_name", "facts"):
        document.add_paragraph("{{ " + name + " }}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> int:
    """Print one JSON object."""
    definition = load_definitions(ROOT / "rulebook" / "documents")["penalty_decision"]
    version = definition.version_on(date(2026, 4, 20))
    assert version is not None
    setter = Typesetter()

    def decision(n: int) -> Any:
        return compose(definition, version, fields(n), letterhead=Letterhead("泽川县水利局"), number=f"泽水罚决〔2026〕{n}号",
                       document=f"{n:08X}", digest=f"{n:010x}", dated=date(2026, 4, 20))

    def with_docxtpl(n: int) -> None:
        made = DocxTemplate(io.BytesIO(source))
        made.render(fields(n), autoescape=True)
        made.save(io.BytesIO())

    source = template()
    answer: dict[str, Any] = {"what": "PDF of a decision, milliseconds, warm", "limit_p95_ms": LIMIT_MS}
    answer["dayu_pdf"] = measure(lambda n: setter.pdf(decision(n)))
    answer["dayu_docx"] = measure(lambda n: write_docx(decision(n)), 40)
    answer["docxtpl_docx"] = measure(with_docxtpl, 40)
    answer["libreoffice_pdf"] = libreoffice(write_docx(decision(1)))
    answer["holds"] = answer["dayu_pdf"]["p95"] <= LIMIT_MS
    print(json.dumps(answer, ensure_ascii=False))
    return 0 if answer["holds"] else 1


def libreoffice(content: bytes) -> dict[str, float] | str:
    """One DOCX to PDF, three times; says so where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return "not installed"
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decision.docx"
        path.write_bytes(content)
        for _round in range(3):
            started = time.perf_counter()
            subprocess.run([program, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)],
                           check=True, capture_output=True)
            spent.append((time.perf_counter() - started) * 1000)
    return {"best": round(min(spent), 1)}


if __name__ == "__main__":
    sys.exit(main())
