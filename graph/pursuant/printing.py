"""A document as JSON: the object that `pursuant extract` prints (data/extract.schema.json)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pursuant import bases
from pursuant.document import Kind, Status
from pursuant.symbol import slug

if TYPE_CHECKING:
    from pursuant.document import (
        Citation,
        Document,
        Evidence,
        Footnote,
        Mandate,
        Mention,
        Paragraph,
    )
    from pursuant.errors import UnreadableSource


def document_to_json(document: Document) -> dict[str, Any]:
    """The JSON object of a document."""
    return {
        "source": document.source,
        "symbol": document.symbol,
        "language": document.language,
        "title": document.title,
        "adopted": document.adopted,
        "adoptedBy": document.adopted_by,
        "speaker": document.speaker,
        "draft": document.draft,
        "sha256": document.sha256,
        "paragraphs": [_paragraph(p, document) for p in document.paragraphs],
        "footnotes": [_footnote(f) for f in document.footnotes],
        "links": list(document.links),
        "format": document.format,
        "reader": document.reader,
        "subjects": list(document.subjects),
        "displayOnly": document.display_only,
        "remarks": list(document.remarks),
        "disagreements": [asdict(each) for each in document.disagreements],
    }


def _paragraph(paragraph: Paragraph, document: Document) -> dict[str, Any]:
    return {
        "id": paragraph.id,
        "part": str(paragraph.part),
        "heading": paragraph.is_heading,
        "number": paragraph.number,
        "text": paragraph.text,
        "footnotes": list(paragraph.footnotes),
        "citations": [_citation(c, document) for c in paragraph.citations],
        "mandates": [_mandate(m) for m in paragraph.mandates],
        "recognitions": [
            {"function": r.function, "verb": r.verb, "agents": list(r.agents)} | _place(r.evidence)
            for r in paragraph.recognitions
        ],
        "mentions": [_mention(m) for m in paragraph.mentions],
    }


def _citation(citation: Citation, document: Document) -> dict[str, Any]:
    first = citation.evidence[0]
    return {
        "target": citation.target,
        "iri": citation_iri(citation, document) if citation.slug else None,
        "kind": str(citation.kind),
        "status": str(citation.status),
        "function": citation.function,
        "via": str(first.via),
        "footnote": citation.footnote,
        "pinpoint": citation.pinpoint,
        "unit": citation.unit,
        **_place(first),
        "rule": first.rule,
        "evidence": [_evidence(e) | {"via": str(e.via), "rule": e.rule} for e in citation.evidence],
        **({"candidates": list(citation.candidates)} if citation.candidates else {}),
        **(_why(citation) if citation.status is not Status.RESOLVED else {}),
    }


def _why(citation: Citation) -> dict[str, Any]:
    kind = {"reasonKind": str(citation.reason_kind)} if citation.reason_kind else {}
    return {"reason": citation.reason, **kind}


def citation_iri(citation: Citation, document: Document) -> str:
    """IRI of what a resolved citation cites."""
    if citation.kind is Kind.GROUP:
        return bases.group(citation.slug or "")
    if citation.kind is Kind.SELF and document.draft:
        return bases.unit(slug(document.symbol or ""), "draft")
    return bases.document(citation.slug or "")


def _mandate(mandate: Mandate) -> dict[str, Any]:
    return {
        "force": mandate.force,
        "verb": mandate.verb,
        "addressees": list(mandate.addressees),
        "addressedAs": mandate.addressed_as,
        "qualifier": mandate.qualifier,
        "partners": [{"entity": p.entity, "mode": p.mode} for p in mandate.partners],
        "beneficiaries": list(mandate.beneficiaries),
        "conditions": list(mandate.conditions),
        "actions": list(mandate.actions),
        "modalities": list(mandate.modalities),
        "through": list(mandate.through),
        "concerns": list(mandate.concerns),
        "modifiers": list(mandate.modifiers),
        "due": mandate.when.due,
        "dueDate": mandate.when.due_date,
        "within": mandate.when.within,
        "recurrence": mandate.when.recurrence,
        "duration": mandate.when.duration,
        "expires": mandate.when.expires,
        "change": mandate.change,
        "body": mandate.body,
        "inheritedFrom": _evidence(mandate.inherited_from) if mandate.inherited_from else None,
        **_place(mandate.evidence),
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "entity": mention.entity,
        "kind": mention.kind,
        "function": mention.function,
        "rule": mention.rule,
        **_place(mention.evidence),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "unit": evidence.unit,
        "start": evidence.start,
        "end": evidence.end,
        "exact": evidence.exact,
    }


def _place(evidence: Evidence) -> dict[str, Any]:
    return {"exact": evidence.exact, "start": evidence.start, "end": evidence.end}


def _footnote(footnote: Footnote) -> dict[str, Any]:
    return {
        "number": footnote.number,
        "text": footnote.text,
        "anchors": list(footnote.anchors),
        "attribution": list(footnote.attribution),
    }


def error_to_json(error: UnreadableSource) -> dict[str, str]:
    """The JSON object of a source that cannot be read."""
    return {"source": error.source, "error": error.problem}
