"""Reading of files, in the OpenAPI document."""

from __future__ import annotations

from pursuant_api.extraction import LINES
from pursuant_api.negotiation import HTML, JSON
from pursuant_api.openapi.parts import LANGUAGE, PROBLEM, TEXT, Schema, parameter, ref

_EXAMPLE = """A/RES/81/7. Lamps

The General Assembly,

1. Requests the Secretary-General to report."""


def paths() -> dict[str, Schema]:
    """The operations."""
    page = {"description": "The page with the form.", "content": {HTML: {"schema": TEXT}}}
    return {
        "/extract": {
            "get": {
                "summary": "A page on which to have a file read",
                "parameters": [LANGUAGE],
                "responses": {"200": page, "400": PROBLEM},
            },
            "post": _reading(),
        }
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {}


def _reading() -> Schema:
    file: Schema = TEXT | {"format": "resolution", "example": _EXAMPLE}
    form: Schema = {
        "type": "object",
        "anyOf": [{"required": ["file"]}, {"required": ["text"]}],
        "properties": {"file": file, "text": file},
        "additionalProperties": False,
    }
    content: Schema = {
        JSON: {"schema": ref("ReadDocument")},
        LINES: {"schema": TEXT},
        HTML: {"schema": TEXT},
    }
    refused = ("400", "406", "413", "415", "422", "503")
    return {
        "summary": "What does this file say?",
        "description": "A file in, and what `pursuant extract` prints of it out; nothing is "
        "stored. Of several files, or of a zip archive, a JSON object a line, each with what was "
        'read or an "error". TXT, PDF, DOCX, HTML and Akoma Ntoso are told apart by their '
        "content, whatever the media type says.",
        "parameters": [
            parameter("name", "What the file of the body is called.", "resolution.txt"),
            LANGUAGE,
        ],
        "requestBody": {
            "required": True,
            "content": {
                "text/plain": {"schema": file},
                "multipart/form-data": {"schema": form},
            },
        },
        "responses": {"200": {"description": "What was read.", "content": content}}
        | dict.fromkeys(refused, PROBLEM),
    }
