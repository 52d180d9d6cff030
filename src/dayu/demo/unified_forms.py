"""An invented set of forms of the city: it will take over from the usual forms in some weeks, so that it can be looked at."""

from __future__ import annotations

from datetime import timedelta

from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.documents.models import FormSet
from dayu.documents.services import import_form_set

NOTICE_DAYS = 45  # between entering the set and the midnight from which it counts
EDITION = "demo-1"

SET = """
name = "苍阳市行政执法文书统一格式（示例）"
issuer = "city"
issued_by = "苍阳市司法局"
document = "苍司发〔2026〕3号（示例）"
territory = "990100"
edition = "{edition}"
valid_from = {begins}

[[forms]]
key = "assistance_letter"
extends = "2021-1"
more_fields = [{{ id = "urgency", label = "缓急程度", type = "enum", choices = ["平急", "特急"] }}]
body = [
  {{ to = "{{to_organ}}：" }},
  {{ p = "缓急程度：{{urgency}}" }},
  {{ p = "{{case_brief}}" }},
  {{ p = "依据《中华人民共和国行政处罚法》第二十六条的规定，请你单位协助下列事项：{{matter}}" }},
  {{ p = "[请于{{reply_by_on}}前函复。]" }},
  {{ include = "contact" }},
  {{ include = "seal" }},
]

[[forms]]
key = "proof_of_service"
extends = "2021-1"
heading = "苍阳市行政执法文书送达回证"
"""


def make_form_set() -> None:
    """The set; a second call finds it."""
    if FormSet.objects.filter(edition=EDITION).exists():
        return
    begins = clock.today() + timedelta(days=NOTICE_DAYS)
    import_form_set(None, actor=SYSTEM, moment=clock.now(), text=SET.format(edition=EDITION, begins=begins.isoformat()))
