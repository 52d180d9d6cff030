"""Text messages leave through an adapter named by `DAYU_SMS_ADAPTER`. By default they are written into a folder.

An adapter is a class without arguments with `send(phone, text, reference=…) -> Answer` and
`receipts(receipt_numbers) -> {number: Receipt}`.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway said when it took (or refused) a message."""

    accepted: bool
    receipt: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Whether a message arrived."""

    delivered: bool
    error: str = ""


class Gateway(Protocol):
    """What an adapter offers."""

    def send(self, phone: str, text: str, *, reference: str) -> Answer:
        """Hand one message over."""

    def receipts(self, numbers: Sequence[str]) -> dict[str, Receipt]:
        """What is known about messages handed over before; unknown ones are left out."""


class FolderGateway:
    """Writes each message as a file into `DAYU_SMS_SINK`; written means delivered. For trials and demonstrations."""

    def send(self, phone: str, text: str, *, reference: str) -> Answer:
        """Write the message down; a reference is written once."""
        folder = Path(settings.DAYU_SMS_SINK)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{reference}.json"
        content = json.dumps({"phone": phone, "text": text, "reference": reference}, ensure_ascii=False)
        try:
            with path.open("w", encoding="utf-8") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            return Answer(accepted=False, error=str(error))
        return Answer(accepted=True, receipt=f"folder-{reference}")

    def receipts(self, numbers: Sequence[str]) -> dict[str, Receipt]:
        """Delivered is what lies in the folder."""
        folder = Path(settings.DAYU_SMS_SINK)
        return {
            n: Receipt(delivered=True) for n in numbers if (folder / f"{n.removeprefix('folder-')}.json").exists()
        }


class HttpGateway:
    """Posts `{phone, text, reference}` as JSON to `DAYU_SMS_URL` with a bearer token; expects `{receipt}`.

    Receipts are asked for with `GET DAYU_SMS_URL/receipts?ids=a,b` and come as `{number: {"delivered": bool}}`.
    """

    def send(self, phone: str, text: str, *, reference: str) -> Answer:
        """Hand the message to the gateway of the organ."""
        body = json.dumps({"phone": phone, "text": text, "reference": reference}).encode()
        try:
            answer = self._ask("", body)
        except (urllib.error.URLError, TimeoutError, ValueError) as error:
            return Answer(accepted=False, error=str(error))
        return Answer(accepted=True, receipt=str(answer.get("receipt", reference)))

    def receipts(self, numbers: Sequence[str]) -> dict[str, Receipt]:
        """What the gateway knows; when it cannot be reached nothing is known yet."""
        if not numbers:
            return {}
        try:
            answer = self._ask("/receipts?" + urllib.parse.urlencode({"ids": ",".join(numbers)}), None)
        except (urllib.error.URLError, TimeoutError, ValueError):
            return {}
        return {n: Receipt(bool(a.get("delivered")), str(a.get("error", ""))) for n, a in answer.items()}

    def _ask(self, suffix: str, body: bytes | None) -> dict[str, dict[str, object]]:
        base = str(getattr(settings, "DAYU_SMS_URL", ""))
        if not base.startswith(("https://", "http://")):
            raise ValueError("DAYU_SMS_URL is not set")
        request = urllib.request.Request(  # noqa: S310 - the scheme was just checked
            base + suffix,
            data=body,
            headers={
                "Authorization": f"Bearer {getattr(settings, 'DAYU_SMS_TOKEN', '')}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            found: dict[str, dict[str, object]] = json.load(response)
            return found


def gateway() -> Gateway:
    """The adapter of this installation."""
    found: Gateway = import_string(getattr(settings, "DAYU_SMS_ADAPTER", "dayu.work.sms.FolderGateway"))()
    return found
