"""Dossiers for other programs: flat rows for CSV and Parquet, GraphML, PLOVER JSON, W3C Web Annotations.

The rows keep the names of the JSON contract; what is nested becomes columns (``speaker_name``) or, where a line holds
several spans, one row for each span or a cell of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from stemma.records import Dossier, Dossiers, Interaction, Report, SituationLine, Span, Witness
from stemma.render.clean import shown

Row = dict[str, Any]

TABLES = (
    "reports", "stories", "passages", "lineage", "families", "quotations", "utterances", "actors", "statements",
    "disagreements", "timeline", "interactions", "situation", "dates", "brief", "set_aside", "not_compared",
)  # fmt: skip


def rows(dossiers: Dossiers, table: str) -> list[Row]:
    """One table of the dossiers. Every row of a story has its ``story`` id; every span has ``report``, ``start``, ``end``, ``words``.

    >>> rows(dossiers, "quotations")[0]["speaker_name"]  # doctest: +SKIP
    """
    texts = {one.id: one.text for one in dossiers.reports}
    if table in ("reports", "set_aside", "not_compared"):
        return [_flat(one) for one in getattr(dossiers, table)]
    if table == "stories":
        return [{**_flat(one.story), "independent_at_most": one.independent_at_most} for one in dossiers.dossiers]
    if table not in _MAKERS:
        raise KeyError(f"no table is called {table!r}; there are {', '.join(TABLES)}")
    return [{"story": one.story.id, **row} for one in dossiers.dossiers for row in _MAKERS[table](one, texts)]


def _flat(record: Any) -> Row:
    """A record with lists as JSON cells."""
    plain: Row = msgspec.to_builtins(record)
    return {
        key: json.dumps(value, ensure_ascii=False) if isinstance(value, (list, tuple, dict)) else value
        for key, value in plain.items()
    }


def _span(texts: Mapping[str, str], report: str, start: int, end: int) -> Row:
    return {"report": report, "start": start, "end": end, "words": texts.get(report, "")[start:end]}


def _witness(texts: Mapping[str, str], one: Witness) -> Row:
    return _span(texts, one.report, one.start, one.end)


def _words(texts: Mapping[str, str], report: str, spans: Iterable[Span]) -> str:
    return " … ".join(texts.get(report, "")[s.start : s.end] for s in spans)


def _passages(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for p in one.passages:
        sides = {
            f"{side}_{key}": value for side, w in (("a", p.a), ("b", p.b)) for key, value in _witness(texts, w).items()
        }
        yield {**sides, "kind": p.kind, "similarity": p.similarity}


def _lineage(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    yield from (_flat(line) for line in one.lineage)


def _families(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    yield from (_flat(family) for family in one.families)


def _quotations(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for q in one.quotations:
        yield {
            "id": q.id,
            "report": q.report,
            "start": q.content[0].start if q.content else None,
            "end": q.content[-1].end if q.content else None,
            "content": _words(texts, q.report, q.content),
            "marked": _words(texts, q.report, q.marked),
            "speaker_name": q.speaker.name if q.speaker else None,
            "speaker_actor": q.speaker.actor if q.speaker else None,
            "speaker_words": _words(texts, q.report, [q.speaker.span]) if q.speaker and q.speaker.span else None,
            "cue": _words(texts, q.report, [q.cue]) if q.cue else None,
            "addressee": _words(texts, q.report, [q.addressee]) if q.addressee else None,
            "type": q.type,
            "marking": q.marking,
            "attribution": q.attribution,
        }


def _utterances(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    by_id = {q.id: q for q in one.quotations}
    for u in one.utterances:
        drift: dict[str, list[str]] = {}
        for found in u.drift:
            drift.setdefault(found.quotation, []).append(found.kind)
        for q in u.quotations:
            said = by_id.get(q)
            yield {
                "id": u.id,
                "actor": u.actor,
                "verdict": u.verdict,
                "confidence": u.confidence,
                "quotation": q,
                "report": said.report if said else None,
                "content": _words(texts, said.report, said.content) if said else None,
                "closest": q == u.closest,
                "drift": "; ".join(dict.fromkeys(drift.get(q, []))),
            }


def _actors(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for actor in one.actors:
        yield {**_flat(actor), "mentions": len(actor.mentions), "reports": len({m.report for m in actor.mentions})}


def _statements(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for s in one.statements:
        for w in s.sentences:
            yield {"id": s.id, "families": len(s.families), "confidence": s.confidence, **_witness(texts, w)}


def _disagreements(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for d in one.disagreements:
        for number, reading in enumerate(d.readings, 1):
            for w in reading.witnesses:
                yield {
                    "id": d.id, "slot": d.slot, "tier": d.tier, "kind": d.kind, "confidence": d.confidence,
                    "reading": number, "value": reading.value, "families": len(reading.families), **_witness(texts, w),
                }  # fmt: skip


def _timeline(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for entry in one.timeline:
        for w in entry.witnesses:
            yield {
                "date": entry.date, "status": entry.status, "confidence": entry.confidence, "families": len(entry.families),
                **_span(texts, w.report, w.start, w.end), "basis": w.basis,
                "borrowed_from": w.borrowed_from.report if w.borrowed_from else None,
            }  # fmt: skip


def _interactions(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for i in one.interactions:
        yield {
            **_span(texts, i.report, i.start, i.end),
            "date": i.date,
            "type": i.type,
            "quad": i.quad,
            "actor": "; ".join(p.name for p in i.actor),
            "actor_code": "; ".join(p.code or "" for p in i.actor),
            "recipient": "; ".join(p.name for p in i.recipient),
            "recipient_code": "; ".join(p.code or "" for p in i.recipient),
            "measure": _words(texts, i.report, [i.measure]) if i.measure else None,
            "because": " … ".join(texts.get(w.report, "")[w.start : w.end] for w in i.because) or None,
            "status": i.status,
            "attributed_to": i.attributed_to,
            "confidence": i.confidence,
        }


def _situation(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    """One row a line, so that a table of days, pairs and quad classes can be made of it; its words are in one cell."""
    for line in one.situation:
        cells = {f"{side}{end}": "; ".join(cell) for side, end, cell in _sides(line)}
        yield {
            "id": line.id, "kind": line.kind, "date": line.date, **cells, "mutual": line.mutual, "quad": line.quad,
            "type": line.type, "measure": line.measure, "stance": line.stance, "status": line.status,
            "words": " … ".join(texts.get(w.report, "")[w.start : w.end] for w in line.witnesses),
            "because": " … ".join(texts.get(w.report, "")[w.start : w.end] for w in line.because) or None,
            "attributed_to": "; ".join(line.attributed_to) or None,
            "mentions": len(line.witnesses), "reports": len({w.report for w in line.witnesses}),
            "families": len(line.families), "confidence": line.confidence, "witnesses": _flat(line)["witnesses"],
        }  # fmt: skip


def _sides(line: SituationLine) -> Iterator[tuple[str, str, list[str]]]:
    for side, parties in (("actor", line.actor), ("recipient", line.recipient)):
        yield side, "", [p.name for p in parties]
        yield side, "_code", [p.code or "" for p in parties]


def _dates(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for d in one.dates:
        yield {
            **_span(texts, d.report, d.start, d.end), "value": d.value, "basis": d.basis, "status": d.status,
            "borrowed_from": d.borrowed_from.report if d.borrowed_from else None,
        }  # fmt: skip


def _brief(one: Dossier, texts: Mapping[str, str]) -> Iterator[Row]:
    for number, s in enumerate(one.brief, 1):
        yield {
            "number": number,
            **_span(texts, s.report, s.start, s.end),
            "families": len(s.families),
            "witnesses": len(s.witnesses),
        }


_MAKERS = {
    "passages": _passages, "lineage": _lineage, "families": _families, "quotations": _quotations, "utterances": _utterances,
    "actors": _actors, "statements": _statements, "disagreements": _disagreements, "timeline": _timeline,
    "interactions": _interactions, "situation": _situation, "dates": _dates, "brief": _brief,
}  # fmt: skip


# ------------------------------------------------------------------------------------------------ GraphML

_KEYS = {
    "node": ("report", "unseen", "label", "family", "language", "published"),
    "edge": ("kind", "confidence", "via"),
}


def graphml(dossier: Dossier, reports: Iterable[Report]) -> str:
    """The story's stemma as GraphML (graphml.graphdrawing.org), for Gephi, yEd, networkx."""
    by_id = {one.id: one for one in reports}
    family = {line.report: line.family for line in dossier.lineage}
    keys = [
        f'<key id="{part[0]}_{name}" for="{part}" attr.name="{name}" attr.type="string"/>'
        for part, names in _KEYS.items()
        for name in names
    ]
    nodes = []
    for node in dossier.stemma.nodes:
        report = by_id.get(node.report or "")
        values = (
            node.report, node.unseen, node.label or (report.title if report else None), family.get(node.report or ""),
            report.language if report else None, report.published if report else None,
        )  # fmt: skip
        nodes.append(f"<node id={_attribute(node.id)}>{_data('node', values)}</node>")
    edges = [
        f"<edge source={_attribute(e.from_)} target={_attribute(e.to)}>{_data('edge', (e.kind, e.confidence, e.via))}</edge>"
        for e in dossier.stemma.edges
    ]
    body = "\n".join(
        [*keys, f'<graph id={_attribute(dossier.story.id)} edgedefault="directed">', *nodes, *edges, "</graph>"]
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{body}\n</graphml>\n'


def _attribute(value: str) -> str:
    return quoteattr(shown(value))


def _data(part: str, values: tuple[str | None, ...]) -> str:
    return "".join(
        f'<data key="{part[0]}_{name}">{escape(shown(value))}</data>'
        for name, value in zip(_KEYS[part], values, strict=True)
        if value
    )


# ------------------------------------------------------------------------------------------------ PLOVER


def plover(dossiers: Dossiers) -> list[Row]:
    """The interactions as PLOVER events (the Political Language Ontology for Verifiable Event Records, JSON form)."""
    by_id = {one.id: one for one in dossiers.reports}
    return [
        _event(i, by_id[i.report], one.story.id)
        for one in dossiers.dossiers
        for i in one.interactions
        if i.report in by_id
    ]


def _event(one: Interaction, report: Report, story: str) -> Row:
    """The names are those of the PLOVER manual (2024); ``status``, ``attributed_to``, ``confidence`` and ``story`` are ours."""
    quads = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
    return {
        "id": f"{report.id}-{one.start}-{one.end}",
        "date": one.date,
        "actor": [{"code": p.code, "entity_text": p.name} for p in one.actor],
        "event": [one.type] if one.type else [],
        "recipient": [{"code": p.code, "entity_text": p.name} for p in one.recipient],
        "event_text": [report.text[one.start : one.end]],
        "quad_code": quads.index(one.quad) + 1,
        "mode": [],
        "context": [],
        "text_info": {"start": one.start, "end": one.end},
        "cite_info": {
            "citation": report.id,
            "url": report.url,
            "title": report.title,
            "publication": report.outlet,
            "language": report.language,
            "coder": "stemma",
            "codebook": "PLOVER",
        },
        "status": one.status,
        "attributed_to": one.attributed_to,
        "confidence": one.confidence,
        "story": story,
    }


# ------------------------------------------------------------------------------------------------ Web Annotations


def web_annotations(dossiers: Dossiers) -> Row:
    """Quotations, statements and disagreements as a W3C Web Annotation collection (w3.org/TR/annotation-model)."""
    by_id = {one.id: one for one in dossiers.reports}
    items: list[Row] = []
    for one in dossiers.dossiers:
        for q in one.quotations:
            speaker = q.speaker.name if q.speaker and q.speaker.name else None
            targets = [_target(by_id[q.report], s.start, s.end) for s in q.content if q.report in by_id]
            items.append(_annotation(q.id, "quotation", f"{q.type}, {speaker}" if speaker else q.type, targets))
        items += [
            _annotation(s.id, "statement", f"{len(s.families)} families", _targets(by_id, s.sentences))
            for s in one.statements
        ]
        for d in one.disagreements:
            for number, reading in enumerate(d.readings, 1):
                items.append(
                    _annotation(
                        f"{d.id}-{number}", f"disagreement: {d.kind}", reading.value, _targets(by_id, reading.witnesses)
                    )
                )
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "total": len(items),
        "items": items,
    }


def _targets(by_id: Mapping[str, Report], witnesses: Iterable[Witness]) -> list[Row]:
    return [_target(by_id[w.report], w.start, w.end) for w in witnesses if w.report in by_id]


def _annotation(name: str, tag: str, words: str, targets: list[Row]) -> Row:
    return {
        "type": "Annotation", "id": f"urn:stemma:{name}", "motivation": "describing",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag}, {"type": "TextualBody", "value": words}], "target": targets,
    }  # fmt: skip


def _target(report: Report, start: int, end: int) -> Row:
    """A span by position (code points, as the model asks) and by its words with what stands around them."""
    text = report.text
    return {
        "source": report.url or f"urn:stemma:{report.id}",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - 32) : start],
                "suffix": text[end : end + 32],
            },
        ],
    }
