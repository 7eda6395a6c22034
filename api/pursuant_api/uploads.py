"""Files that strangers send: the body of a request, or the parts of a form, within bounds.

Nothing is written to disk, and a file's name is for people alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from pursuant_api.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from fastapi import Request

_MOST_PARTS = 10
_PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_STRANGE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class UploadTooLarge(LimitReached):
    """What was sent is longer than it may be."""

    slug = "upload-size"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent.

    Attributes:
        name: what people call it: its last part, without signs that mislead.
        kind: its media type, as far as the sender says.
        data: its content.
    """

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request brings.

    Attributes:
        body: the body of a request that is no form.
        files: the files of a form, by their fields.
        texts: the other fields.
        every: all the files of a form, in their order.
    """

    body: Upload | None
    files: dict[str, Upload]
    texts: dict[str, str]
    every: tuple[Upload, ...] = ()


async def sent(request: Request, megabytes: int, *, packed: bool = False) -> Sent:
    """What a request brings.

    Args:
        request: the request.
        megabytes: how long its body may be.
        packed: whether files may be archives; who reads them must bound what comes out.

    Raises:
        UploadTooLarge: its body is longer.
        HTTPException: 400 or 415, it cannot be read, or is compressed.
    """
    if (coding := request.headers.get("content-encoding", "identity")) != "identity":
        raise HTTPException(415, f"a body that is compressed ({coding}) is refused; send it plain")
    body = await _body(request, megabytes)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    # curl says of any file that it is a form, unless it is told better.
    if kind not in (_FORMS[:1] if packed else _FORMS):
        return Sent(_checked(Upload("body", kind, body), packed), {}, {})
    return await _form(request, body, kind, packed)


async def _body(request: Request, megabytes: int) -> bytes:
    most = megabytes * 1_000_000
    refusal = UploadTooLarge(f"more than {megabytes:,} MB were sent")
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > most:
        raise refusal
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > most:
            raise refusal
    return bytes(found)


async def _form(request: Request, body: bytes, kind: str, packed: bool) -> Sent:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        if kind == _FORMS[0]:
            parser = MultiPartParser(
                request.headers,
                stream(),
                max_files=_MOST_PARTS,
                max_fields=_MOST_PARTS,
                max_part_size=len(body) + 1,
            )
            parser.spool_max_size = len(body) + 1  # in memory: nothing goes to disk
            form = await parser.parse()
        else:
            form = await FormParser(request.headers, stream()).parse()
    except (MultiPartException, KeyError, ValueError) as problem:
        raise HTTPException(400, f"the form cannot be read: {problem}") from problem
    try:
        return await _read(form, packed)
    finally:
        await form.close()


async def _read(form: FormData, packed: bool) -> Sent:
    files, texts, every = {}, {}, []
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            texts[name] = value
        elif value.filename:
            media = (value.content_type or "").partition(";")[0].strip().lower()
            upload = Upload(plain_name(value.filename), media, await value.read())
            files[name] = _checked(upload, packed)
            every.append(upload)
    return Sent(None, files, texts, tuple(every))


def plain_name(name: str) -> str:
    """What people call a file, of what a sender calls it.

    >>> plain_name("../../x.ttl"), plain_name("C:/a/b.nt"), plain_name("..")
    ('x.ttl', 'b.nt', 'file')
    """
    last = re.split(r"[/\\]", _STRANGE.sub("", name))[-1].strip()
    return last[:200] if last.strip(".") else "file"


def _checked(upload: Upload, packed: bool) -> Upload:
    for sign, packing in _PACKED.items():
        if upload.data.startswith(sign) and not packed:
            raise HTTPException(415, f"{upload.name} is compressed ({packing}); unpack it first")
    return upload
