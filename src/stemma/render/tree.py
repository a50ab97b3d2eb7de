"""The stemma as a drawing: a row for each report, sources to the left of what was made from them.

Where at least two reports are dated the horizontal axis is time, and undated reports stand apart at its right end; where
they are not, it is the number of steps from the source. The same drawing is laid out for a wide and for a narrow page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from stemma.records import StemmaEdge, StemmaNode
from stemma.render.clean import shown
from stemma.render.days import days, short
from stemma.render.evidence import Apparatus
from stemma.render.svg import drawing, element, fitted, text_width

ROW = 44.0
WIDE, NARROW = 766.0, 348.0  # px: the columns of text that the drawing stands in, so that its letters keep their size
TOP = 18.0
MOST_ROWS = (
    120  # beyond this the list below the drawing is the better picture; the drawing then shows the larger families
)


@dataclass(frozen=True)
class Knot:
    """A node of the drawing: its row, its steps from the root, its day where known."""

    id: str
    row: int
    depth: int
    day: int | None
    letter: str
    siglum: str
    name: str
    note: str
    why: str
    colour: int
    href: str | None
    unseen: bool


@dataclass(frozen=True)
class Axis:
    """How far right a node stands."""

    width: float
    left: float
    right: float
    low: int
    high: int
    timed: bool
    step: float

    def x(self, knot: Knot) -> float:
        """The node's horizontal place in pixels."""
        if not self.timed:
            return self.left + knot.depth * self.step
        if knot.day is None:
            return self.left if knot.unseen else self.right + 26
        return self.left + 30 + (self.right - self.left - 30) * (knot.day - self.low) / max(1, self.high - self.low)


def draw_tree(book: Apparatus, notes: Mapping[str, tuple[str, str]]) -> Markup:
    """Both layouts of the drawing. ``notes`` says for each report in few words where it came from, and why."""
    knots = _knots(book, notes)
    if not knots or book.short:
        return Markup("")
    label = book.words("origins.picture")
    return _drawn(book, knots, WIDE, label, "tree wide") + _drawn(book, knots, NARROW, label, "tree narrow")


def _knots(book: Apparatus, notes: Mapping[str, tuple[str, str]]) -> list[Knot]:
    """The nodes in the order of their rows: family by family, each source before what was made from it."""
    nodes = {node.id: node for node in book.dossier.stemma.nodes}
    children: dict[str, list[str]] = {}
    below: set[str] = set()
    for edge in _main_edges(book):
        children.setdefault(edge.from_, []).append(edge.to)
        below.add(edge.to)

    def rank(one: str) -> tuple[int, str]:
        node = nodes.get(one)
        if node and node.report in book.named:
            return (book.rank(str(node.report)), one)
        return (min((rank(child)[0] for child in children.get(one, ()) if child != one), default=len(book.named)), one)

    knots: list[Knot] = []
    placed: set[str] = set()
    waiting = [(one, 0) for one in sorted((n for n in nodes if n not in below), key=rank, reverse=True)]
    while waiting and len(knots) < MOST_ROWS:
        one, depth = waiting.pop()
        if one in placed:
            continue
        placed.add(one)
        node = nodes[one]
        if node.report is None:
            knots.append(_unseen(book, node, depth, len(knots), children))
        elif (knot := _knot(book, node, depth, len(knots), notes.get(node.report, ("", "")))) is not None:
            knots.append(knot)
        waiting.extend((child, depth + 1) for child in sorted(children.get(one, ()), key=rank, reverse=True))
    return knots


def _main_edges(book: Apparatus) -> list[StemmaEdge]:
    """One edge into each node, the main parent's; the others are drawn but do not decide the rows."""
    main = {line.report: line.source or None for line in book.dossier.lineage}
    chosen: dict[str, StemmaEdge] = {}
    for edge in book.dossier.stemma.edges:
        if edge.kind == "independent":
            continue
        if edge.to not in chosen or main.get(edge.to) == edge.from_:
            chosen[edge.to] = edge
    return list(chosen.values())


def _knot(book: Apparatus, node: StemmaNode, depth: int, row: int, note: tuple[str, str]) -> Knot | None:
    """The node of a report, with its note; None where the report is not in the story."""
    named = book.named.get(node.report or "")
    if named is None:
        return None
    covered = days(named.published[:10]) if named.published else None
    return Knot(
        id=node.id,
        row=row,
        depth=depth,
        day=covered.first if covered else None,
        letter=named.letter,
        siglum=named.siglum,
        name=named.name,
        note=note[0],
        why=note[1],
        colour=named.colour,
        href=f"#from-{named.anchor}",
        unseen=False,
    )


def _unseen(book: Apparatus, node: StemmaNode, depth: int, row: int, children: Mapping[str, list[str]]) -> Knot:
    """The node of a source that is not in the pile."""
    colour, letter = _family_below(book, node.id, children)
    return Knot(
        id=node.id,
        row=row,
        depth=depth,
        day=None,
        letter=letter,
        siglum="",
        name=shown(node.unseen or node.label),
        note=book.words("origins.source"),
        why="",
        colour=colour,
        href=None,
        unseen=True,
    )


def _family_below(book: Apparatus, one: str, children: Mapping[str, list[str]]) -> tuple[int, str]:
    """An unseen source takes the colour and letter of what was made from it."""
    waiting, seen = [one], {one}
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child in book.named:
                return book.named[child].colour, book.named[child].letter
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return 0, ""


def _axis(knots: list[Knot], width: float) -> Axis:
    dated = sorted({k.day for k in knots if k.day is not None})
    timed = len(dated) > 1
    deepest = max(k.depth for k in knots)
    label = 270.0 if width > NARROW else 176.0
    left = 20.0
    step = min(64.0, (width - label - left - 20) / max(1, deepest))
    return Axis(
        width,
        left,
        width - label - (26 if timed else 0),
        dated[0] if timed else 0,
        dated[-1] if timed else 0,
        timed,
        step,
    )


def _drawn(book: Apparatus, knots: list[Knot], width: float, label: str, class_: str) -> Markup:
    axis = _axis(knots, width)
    head = 26.0 if axis.timed else 0.0
    spots = {k.id: (axis.x(k), TOP + head + k.row * ROW) for k in knots}
    colours = {k.id: k.colour for k in knots}
    parts = (
        [_scale(book, axis, head, len(knots), any(k.day is None and not k.unseen for k in knots))] if axis.timed else []
    )
    parts += [
        _edge(edge, spots, colours)
        for edge in book.dossier.stemma.edges
        if edge.from_ in spots and edge.to in spots and edge.kind != "independent"
    ]
    parts += [_node(knot, spots[knot.id], axis, width) for knot in knots]
    return drawing(width, TOP + head + len(knots) * ROW - 10, label, *parts, class_=class_, role="group")


def _edge(edge: StemmaEdge, spots: dict[str, tuple[float, float]], colours: dict[str, int]) -> Markup:
    (x1, y1), (x2, y2) = spots[edge.from_], spots[edge.to]
    kind = edge.kind.replace(" ", "-")
    path = (
        f"M{x1:.0f} {y1 + 11:.0f}V{y2 - 8:.0f}Q{x1:.0f} {y2:.0f} {x1 + 8:.0f} {y2:.0f}H{x2 - 13:.0f}"
        if x2 - x1 > 24
        else f"M{x1:.0f} {y1 + 11:.0f}C{x1 - 14:.0f} {y1 + 20:.0f} {x2 - 24:.0f} {y2:.0f} {x2 - 13:.0f} {y2:.0f}"
    )
    return element("path", d=path, class_=f"edge k-{kind} s-{edge.confidence} c{colours[edge.to]}")


def _node(knot: Knot, spot: tuple[float, float], axis: Axis, width: float) -> Markup:
    x, y = spot
    room = width - x - 24
    if knot.unseen:
        mark = element("circle", cx=x, cy=y, r=12, class_="source unseen") + element(
            "text", knot.letter, x=x, y=y + 4.5, class_="knot-name unseen-name"
        )
    else:
        half = max(13.0, text_width(knot.siglum, 13) / 2 + 5)
        room -= half - 13
        mark = element("rect", x=x - 12, y=y - 11, width=half + 12, height=22, rx=11, class_="knot") + element(
            "text", knot.siglum, x=x - 12 + (half + 12) / 2, y=y + 4.5, class_="knot-name"
        )
        x += half - 13
    named = fitted(knot.name, room, 14)
    texts = element("text", named, x=x + 20, y=y - 1 if knot.note else y + 5, class_="node-label")
    if knot.note:
        texts += element("text", fitted(knot.note, room, 12), x=x + 20, y=y + 14, class_="node-note")
    said = f"{knot.siglum} {knot.name}. {knot.note}".strip()
    inner = element("title", f"{said}. {knot.why}" if knot.why else said) + mark + texts
    group = element("g", inner, class_=f"c{knot.colour}")
    return element("a", group, href=knot.href) if knot.href else group


def _scale(book: Apparatus, axis: Axis, head: float, rows: int, undated: bool) -> Markup:
    """First and last day as ticks, and a column for reports without a date."""
    marks = []
    bottom = TOP + head + rows * ROW - 14
    ends = [
        (axis.left + 30, axis.low, "start"),
        (axis.right, axis.high, "end" if undated or axis.right - axis.left < 200 else "middle"),
    ]
    for x, day, anchor in ends:
        marks.append(element("path", d=f"M{x:.1f} 20V{bottom:.1f}", class_="tick"))
        marks.append(element("text", short(day, book.words, False), x=x, y=14.0, class_=f"tick-label at-{anchor}"))
    if undated:
        marks.append(
            element("text", book.words("origins.undated"), x=axis.right + 16, y=14.0, class_="tick-label at-start")
        )
    return Markup("").join(marks)
