"""The layout in a real Chromium at four widths in both schemes, held to boxes and not to pixels (docs/decisions/0010).

On every machine: nothing stands beside the window, no words lie over other words, no text is under 11 px, every part is
there in its order. Beside that the shape of the page (what stands beside what, in how many columns) is compared with
``layout.json``; ``STEMMA_LAYOUT=write`` writes it again. Screenshots are kept in ``out/screens`` (or ``STEMMA_SHOTS``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import render_crowd as crowds
import render_pile as pile

from stemma.records import Dossiers

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
REFERENCE = Path(__file__).parent / "layout.json"
WIDTHS = (1400, 1100, 820, 390)
SMALLEST = 11  # px: below this letters are guessed
PILES: dict[str, Callable[[], Dossiers]] = {"story": pile.make_dossiers, "crowd": lambda: crowds.busy(60)}

# Every visible run of text with its box and its size in px as drawn (drawings may be scaled).
RUNS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('script, style, option, .vh, .skip, noscript, .copy') || !parent.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const scale = parent.closest('svg') ? parent.getScreenCTM?.().a ?? 1 : 1;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    for (const box of range.getClientRects()) if (box.width > 1) found.push({ words: node.data.trim().slice(0, 40), size, x: box.left + scrollX, y: box.top + scrollY, r: box.right + scrollX, b: box.bottom + scrollY, fixed: Boolean(parent.closest('.bar, .panel, .contents, .sheet .text')) });
  }
  return found;
}"""

# What stands beside what: the columns of the parts that change with the width, and the order of the parts.
SHAPE = """() => {
  const columns = (query, inner) => { const one = document.querySelector(query); return one ? new Set([...one.querySelectorAll(inner)].filter((n) => n.checkVisibility()).map((n) => Math.round(n.getBoundingClientRect().left))).size : 0; };
  const left = (query) => document.querySelector(query).getBoundingClientRect().left;
  return {
    parts: [...document.querySelectorAll('.parts > section')].map((one) => one.dataset.kind),
    'contents beside the parts': left('.contents') + document.querySelector('.contents').offsetWidth <= left('.parts'),
    'columns of answers': columns('.glances', ':scope > li'),
    'columns of the key': columns('.key dl', ':scope > div'),
    'columns of versions': columns('.readings', ':scope > li'),
    'columns of reports': columns('.room .sheets', ':scope > .sheet'),
    'speaker beside the words': document.querySelector('.speaker') ? left('.speaker .lines') > left('.speaker h4') + 20 : null,
    'acts as a table': document.querySelector('.deeds tbody tr') ? getComputedStyle(document.querySelector('.deeds tbody tr')).display : null,
    'dates beside what happened': document.querySelector('.moment') ? getComputedStyle(document.querySelector('.moment')).flexDirection : null,
    'first screen holds': [...document.querySelectorAll('.glances > li')].filter((one) => one.getBoundingClientRect().top < innerHeight).length,
  };
}"""


# Drawings in sight whose strokes have no room: a style that was meant for something else has squeezed them.
SQUEEZED = """[...document.querySelectorAll('svg')].filter((one) => one.getClientRects().length).filter((one) => {
  const style = getComputedStyle(one);
  const room = ([from, to]) => parseFloat(style[`padding${from}`]) + parseFloat(style[`padding${to}`]);
  return one.clientWidth - room(['Left', 'Right']) < 1 || one.clientHeight - room(['Top', 'Bottom']) < 1;
}).map((one) => one.outerHTML.slice(0, 120))"""


def overlapping(runs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of runs that lie over each other by more than a rounding, by a sweep from the top."""
    found, live = [], []
    for run in sorted(runs, key=lambda one: one["y"]):
        live = [other for other in live if other["b"] > run["y"] + 3]
        for other in live:
            across = min(run["r"], other["r"]) - max(run["x"], other["x"])
            down = min(run["b"], other["b"]) - max(run["y"], other["y"])
            # neighbours on one line share its height; lines of one paragraph share the blank between them
            if across > 3 and down > 0.45 * min(run["b"] - run["y"], other["b"] - other["y"]):
                found.append((other["words"], run["words"]))
        live.append(run)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PILES)
def test_nothing_lies_over_or_beside_anything(visit: Open, screens: Path, name: str, width: int, scheme: str) -> None:
    page = visit(PILES[name](), viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.screenshot(path=screens / f"{name}-{width}-{scheme}.png", full_page=name == "story")
    for unfolded in (False, True):
        if unfolded:
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        runs = page.evaluate(RUNS)
        assert [one["words"] for one in runs if not one["fixed"] and (one["x"] < 0 or one["r"] > width + 1)] == []
        assert sorted({(round(one["size"], 1), one["words"]) for one in runs if one["size"] < SMALLEST - 0.05}) == []
        assert overlapping([one for one in runs if not one["fixed"]]) == []
        assert page.evaluate(SQUEEZED) == []


def test_the_shape_is_the_one_that_was_looked_at(visit: Open) -> None:
    """Where this fails and the page looks right (out/screens): STEMMA_LAYOUT=write, look again, commit."""
    shapes = {}
    for width in WIDTHS:
        page = visit(pile.make_dossiers(), viewport={"width": width, "height": 900})
        shapes[str(width)] = page.evaluate(SHAPE)
    if os.environ.get("STEMMA_LAYOUT") == "write":
        REFERENCE.write_text(json.dumps(shapes, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert shapes == json.loads(REFERENCE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("pile_name", ["harbour", "bridge"])
def test_every_part_of_the_examples_is_shown(visit: Open, examples: Path, pile_name: str) -> None:
    import stemma

    reading = stemma.read_reports([str(examples / pile_name)])
    dossiers = stemma.analyse(reading.reports, set_aside=reading.set_aside, workers=1)
    page = visit(dossiers, viewport={"width": 1400, "height": 900})
    shown = page.evaluate("[...document.querySelectorAll('.parts > section')].map((one) => one.dataset.kind)")
    assert {"brief", "statement", "disagreement", "origin", "quotation", "date", "interaction"} <= set(shown)
    for kind in ("brief", "statement", "disagreement", "origin", "quotation", "date"):
        assert page.locator(f"section[data-kind='{kind}'] .line").count() > 0, kind


def test_the_panel_stands_beside_the_page_where_there_is_room_and_below_where_not(visit: Open) -> None:
    for width, side in ((1400, "right"), (390, "bottom")):
        page = visit(pile.make_dossiers(), viewport={"width": width, "height": 844})
        page.locator("#dHurt a.ref").first.click()
        box = page.locator(".panel").bounding_box()
        assert (box["x"] > width / 2) if side == "right" else (box["y"] > 844 / 3 and box["width"] >= width - 1)


def test_the_times_are_drawn_on_one_scale(visit: Open) -> None:
    """A dot further right is later: all strips of a story begin at one place and are of one width."""
    for width in WIDTHS:
        page = visit(pile.make_dossiers(), viewport={"width": width, "height": 900})
        strips = page.evaluate(
            "[...document.querySelectorAll('.strip')].map((one) => one.getBoundingClientRect())"
            ".filter((box) => box.width).map((box) => `${Math.round(box.left)} ${Math.round(box.width)}`)"
        )
        assert len(strips) > 3 and len(set(strips)) == 1, (width, set(strips))


def test_these_checks_can_fail(visit: Open) -> None:
    page = visit(pile.make_dossiers(), viewport={"width": 1400, "height": 900})
    page.evaluate(
        "document.querySelector('.headline .count').insertAdjacentHTML('beforebegin', '<p id=a>first words</p><p id=b>other words</p>');"
        "const sheet = new CSSStyleSheet(); sheet.replaceSync('#a { position: relative; top: 1.4rem; font-size: 9px } #b { margin-left: 1380px; white-space: nowrap }');"
        "document.adoptedStyleSheets.push(sheet); document.querySelector('#a').style"
    )
    page.evaluate("document.querySelector('#b').before(document.querySelector('#a').cloneNode(true))")
    runs = page.evaluate(RUNS)
    assert any(one["size"] < SMALLEST for one in runs)
    assert any(one["r"] > 1401 for one in runs)
    page.evaluate(
        "document.adoptedStyleSheets.at(-1).replaceSync('#a { position: absolute; } #b { position: absolute; }')"
    )
    assert overlapping(page.evaluate(RUNS))
    page.evaluate("document.adoptedStyleSheets.at(-1).replaceSync('svg.swatch { padding-top: 2rem; }')")
    assert page.evaluate(SQUEEZED)
