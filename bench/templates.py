"""Piles of reports made from templates (weather, markets, matches, quakes, results of firms): the same words every day and
everywhere, other places and figures. The last two were written after the rules against templates. Each telling is printed by two outlets, so the largest true story has two reports. Texts and places are invented."""

from __future__ import annotations

import random
from collections.abc import Callable

from stemma.ids import content_id
from stemma.records import Report

TOWNS = [
    "Aldermoor", "Brenvik", "Castelbrac", "Dunhollow", "Estrava", "Fjellheim", "Grimsund", "Halvern", "Isenbruck", "Jorvald",
    "Kestwick", "Lomara", "Mirandell", "Nordhaven", "Oxbarrow", "Pellagro", "Quistra", "Ravensted", "Solmira", "Tarnwell",
]  # fmt: skip
TAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def weather(rng: random.Random, town: str, day: int) -> str:
    high, low, wind = rng.randrange(14, 39), rng.randrange(2, 13), rng.randrange(15, 80)
    return (
        f"Weather for {town}\n{town} can expect sun and clouds on {DAYS[day]}, with a high of {high} degrees and a low of {low}. "
        f"Winds of {wind} kilometres an hour come from the west. Showers reach {town} in the evening, the office said."
    )


def market(rng: random.Random, town: str, day: int) -> str:
    points, share = rng.randrange(1200, 9800), rng.randrange(11, 89) / 10
    return (
        f"{town} shares close {share} percent {rng.choice(('up', 'down'))}\nThe index of the {town} exchange closed at {points} points on "
        f"{DAYS[day]}, a change of {share} percent. Banks and shipping led the list, traders in {town} said. The currency was steady."
    )


def match(rng: random.Random, town: str, day: int) -> str:
    other = rng.choice([one for one in TOWNS if one != town])
    ours, theirs, crowd = rng.randrange(0, 6), rng.randrange(0, 6), rng.randrange(2_000, 60_000)
    return (
        f"{town} {ours}, {other} {theirs}\n{town} met {other} on {DAYS[day]} in front of {crowd} people, and the match ended {ours}-{theirs}. "
        f"The coach of {town} praised his side. {other} had two chances late in the second half. The next round is in a week."
    )


def quake(rng: random.Random, town: str, day: int) -> str:
    size, depth, felt = rng.randrange(31, 62) / 10, rng.randrange(5, 90), rng.randrange(20, 300)
    return (
        f"Quake of {size} shakes {town}\nAn earthquake of magnitude {size} shook {town} on {DAYS[day]} morning, the seismic office said. "
        f"It struck at a depth of {depth} kilometres and was felt {felt} kilometres away. No damage was reported. "
        f"Aftershocks are likely, a spokesman for the office in {town} said, and residents should stay clear of old walls."
    )


def results(rng: random.Random, town: str, day: int) -> str:
    sales, share, profit = rng.randrange(120, 990), rng.randrange(11, 190) / 10, rng.randrange(14, 99)
    return (
        f"{town} Marine steigert den Umsatz\nDer Schiffsbauer {town} Marine hat am {TAGE[day]} seine Zahlen vorgelegt. Der Umsatz stieg "
        f"um {share} Prozent auf {sales} Millionen Euro, der Gewinn lag bei {profit} Millionen Euro. Der Vorstand sprach von einem "
        f"guten Quartal und hob die Prognose für das Jahr an. Die Aktie von {town} Marine legte nach den Zahlen zu."
    )


ALL = (weather, market, match, quake, results)
LANGUAGES = {"results": "de"}  # all others are English


def pile(template: Callable[[random.Random, str, int], str], seed: int) -> tuple[dict[str, str], list[Report]]:
    """The story of each report by its id, and 200 reports: twenty towns, five days, two outlets."""
    rng = random.Random(f"{template.__name__}-{seed}")
    language = LANGUAGES.get(template.__name__, "en")
    gold: dict[str, str] = {}
    made: list[Report] = []
    for town in TOWNS:
        for day in range(5):
            text = template(rng, town, day)
            for outlet in ("The Lantern", "Evening Wire"):
                name = content_id("r", text, outlet)
                gold[name] = content_id("s", text)
                title, published = text.partition("\n")[0], f"2031-03-{3 + day:02}"
                made.append(
                    Report(id=name, text=text, title=title, outlet=outlet, published=published, language=language)
                )
    return gold, made
