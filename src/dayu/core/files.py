"""Files: content-addressed and never altered. SHA-256 names a file, SM3 stands beside it.

The bytes lie in Django's `default` storage (the local disk, or any S3-compatible store by setting).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.core import clock

CHUNK = 1 << 20


class StoredFile(models.Model):
    """文件: bytes under the name of their digest. The name a person gave it belongs to the record that uses it."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    sm3 = models.CharField(_("SM3"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100, blank=True)
    stored_at = models.DateTimeField(_("存入时间"))

    class Meta:
        app_label = "core"
        verbose_name = _("文件")
        verbose_name_plural = _("文件")

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return path_of(self.sha256)

    def open(self) -> IO[bytes]:
        """The bytes as a stream."""
        return default_storage.open(self.path, "rb")

    def read(self) -> bytes:
        """All bytes at once; for files that fit into memory."""
        with self.open() as stream:
            return stream.read()

    def is_intact(self) -> bool:
        """Whether the stored bytes still have the digest that names them."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest() == self.sha256


def path_of(sha256: str) -> str:
    """`files/ab/cd/abcd…`."""
    return f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def store_bytes(content: bytes, *, media_type: str = "") -> StoredFile:
    """Keep `content`; the same bytes are kept once."""
    return store_chunks([content], media_type=media_type)


def store_upload(upload: File[bytes], *, media_type: str = "") -> StoredFile:
    """Keep an uploaded file without reading it into memory."""
    return store_chunks(upload.chunks(CHUNK), media_type=media_type or getattr(upload, "content_type", "") or "")


def store_chunks(chunks: Iterable[bytes], *, media_type: str = "") -> StoredFile:
    """Keep a stream of bytes. The bytes reach the disk before the row does: a row never names a missing file."""
    sha256, sm3, size = hashlib.sha256(), hashlib.new("sm3"), 0
    with tempfile.TemporaryFile() as spool:
        for chunk in chunks:
            sha256.update(chunk)
            sm3.update(chunk)
            size += len(chunk)
            spool.write(chunk)
        name = sha256.hexdigest()
        if not default_storage.exists(path_of(name)):
            spool.seek(0)
            default_storage.save(path_of(name), File(spool))
    stored, _created = StoredFile.objects.get_or_create(
        sha256=name,
        defaults={"sm3": sm3.hexdigest(), "size": size, "media_type": media_type, "stored_at": clock.now()},
    )
    return stored
