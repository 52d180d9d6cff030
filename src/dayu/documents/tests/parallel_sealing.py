"""Run as a program: an empty database, fifty drafts, fifty threads that seal one each; prints the numbers as JSON."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

DRAFTS = 50


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dayu.config.settings_test")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import close_old_connections, connection, connections

    call_command("migrate", verbosity=0)
    from tests.cast import make_county

    from dayu.documents import services
    from dayu.documents.models import Document
    from dayu.documents.tests.papers import MOMENT, draft, release_all

    county = make_county()
    drafts = []
    for n in range(DRAFTS):
        document = draft(county.officer, subject=f"cases.case:{n}")
        release_all(document)
        drafts.append(document.pk)

    def seal(pk: int) -> str:
        close_old_connections()
        try:
            document = Document.objects.get(pk=pk)
            return services.seal_document(document, actor=county.officer, moment=MOMENT).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=DRAFTS) as pool:
        given = list(pool.map(seal, drafts))
    stored = list(Document.objects.order_by("taken_number__value").values_list("number", flat=True))
    json.dump({"vendor": connection.vendor, "given": given, "stored": stored}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
