"""Answering with a stored file: in place or as a download, and in parts so that a player can jump."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from dayu.core.files import CHUNK, StoredFile

# Shown in the page; everything else is a download, whatever the browser would make of it.
SHOWN = re.compile(r"^(image/(png|jpeg|gif|webp|bmp|tiff)|video/[\w.+-]+|audio/[\w.+-]+|application/pdf|text/plain)$")


def file_response(request: HttpRequest, stored: StoredFile, *, name: str, download: bool = False) -> HttpResponseBase:
    """The bytes of a stored file. Who may see it was asked before."""
    media = stored.media_type or "application/octet-stream"
    attachment = download or not SHOWN.match(media)
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    if asked and (asked[1] or asked[2]):
        return _part(stored, media, asked[1], asked[2])
    response = FileResponse(stored.open(), as_attachment=attachment, filename=name, content_type=media)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(stored.size)
    return response


def _part(stored: StoredFile, media: str, first: str, last: str) -> HttpResponseBase:
    begin = int(first) if first else max(0, stored.size - int(last))
    end = min(int(last), stored.size - 1) if first and last else stored.size - 1
    if begin > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    response = StreamingHttpResponse(_read(stored.open(), begin, end - begin + 1), status=206, content_type=media)
    response.headers["Content-Range"] = f"bytes {begin}-{end}/{stored.size}"
    response.headers["Content-Length"] = str(end - begin + 1)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _read(stream: IO[bytes], begin: int, length: int) -> Iterator[bytes]:
    with stream:
        stream.seek(begin)
        while length > 0 and (chunk := stream.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
