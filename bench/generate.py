"""Piles of invented reports for timing: stories of several reports with names, dates, figures and quotations.

Every story has a wire report, copies, a cut copy, independent tellings and a Norwegian one; sizes follow real piles (most
stories are small, some are large). Deterministic for a given size and seed. The texts mean nothing; they have the shapes
that cost time: names, numbers, quotations, shared passages, two languages.
"""

from __future__ import annotations

import datetime
import json
import random
import sys
from pathlib import Path

SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ra",
    "ven",
    "dor",
    "tis",
    "sel",
    "bru",
    "nor",
    "hal",
    "pe",
    "qui",
    "zan",
    "ter",
    "gol",
    "fi",
    "mar",
    "ost",
    "wen",
    "ula",
    "bek",
]
COUNTRIES = {
    "Iceland": "Island",
    "Portugal": "Portugal",
    "Norway": "Norge",
    "Japan": "Japan",
    "Kenya": "Kenya",
    "Chile": "Chile",
    "Canada": "Canada",
    "Poland": "Polen",
    "Greece": "Hellas",
    "Ghana": "Ghana",
}
TOPICS = {
    "fishing": "fiske",
    "trade": "handel",
    "energy": "energi",
    "security": "sikkerhet",
    "railway": "jernbane",
    "tourism": "turisme",
    "climate": "klima",
    "shipping": "skipsfart",
}
EN = (
    "{role_a} {a} of {ca} met with {role_b} {b} of {cb} in {town} on {day} for talks about {topic}.",
    "The meeting came {n} days after {ca} suspended a {topic} agreement worth ${m} million.",
    '"We have to find a way that serves both our countries," {fa} said at the start of the talks.',
    "{fb} said that {cb} would not accept new limits on {topic} before {year}.",
    '"This will cost us {n} jobs in {town}," {fb} told reporters. "We can only wait for an answer."',
    "According to the ministry of {topic}, {count} companies are affected by the dispute.",
    "It is the {ordinal} visit of {fa} to {cb} since {month}.",
    "Analysts expect that the two governments could agree on a common plan by the end of {year}.",
    "{expert}, an expert on {topic} at the University of {town}, said the quarrel had weakened both sides.",
    '"Behind closed doors they will certainly discuss the events of {month}," {fe} said.',
    "Trade between {ca} and {cb} fell by {pct} percent in {year_before}, official figures show.",
    "In {year_before}, {count} people demonstrated in {town} against the plans of the government.",
    "{fa}, who took office in {year_before}, is expected to travel on to {town2} on Friday.",
    "Critics in {cb} call the policy of {fa} reckless, while business leaders ask for patience.",
)
NB = (
    "{role_a_nb} {a} fra {ca_nb} møtte {role_b_nb} {b} fra {cb_nb} i {town} {day_nb} til samtaler om {topic_nb}.",
    "Møtet kom {n} dager etter at {ca_nb} stanset en avtale om {topic_nb} verdt {m} millioner dollar.",
    "– Vi må finne en vei som tjener begge landene våre, sa {fa} da samtalene begynte.",
    "{fb} sier at {cb_nb} ikke vil godta nye grenser for {topic_nb} før {year}.",
    "Ifølge departementet er {count} selskaper rammet av striden.",
    "Handelen mellom {ca_nb} og {cb_nb} falt med {pct} prosent i {year_before}.",
    "– Bak lukkede dører vil de helt sikkert drøfte det som skjedde, sier {fe}.",
    "{fa}, som tiltrådte i {year_before}, ventes å reise videre til {town2} fredag.",
)
DAYS = {"Monday": "mandag", "Tuesday": "tirsdag", "Wednesday": "onsdag", "Thursday": "torsdag", "Friday": "fredag"}
MONTHS = ("January", "March", "May", "June", "August", "October", "November")
ROLES = {"Prime Minister": "Statsminister", "Foreign Minister": "Utenriksminister", "President": "President"}


def write_pile(target: Path, size: int, seed: int = 20261122, outlets: int | None = None) -> None:
    """Write ``size`` reports as JSON Lines. With ``outlets`` so many outlets print all of them, some more often than others."""
    rng = random.Random(f"{seed}-{size}")
    written = 0
    with target.open("w", encoding="utf-8") as out:
        while written < size:
            for row in _story(rng, min(size - written, rng.choice((1, 1, 2, 3, 5, 8, 12)))):
                if outlets:
                    number = int(outlets * random.Random(row["id"]).random() ** 2)
                    row["outlet"] = f"The {SYLLABLES[number % len(SYLLABLES)].capitalize()}{number} Post"
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                written += 1


def _story(rng: random.Random, reports: int) -> list[dict[str, str]]:
    facts = _facts(rng)
    published = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(hours=rng.randrange(8000))
    facts["year"], facts["year_before"] = str(published.year + 1), str(published.year - 1)
    wire = [template.format(**facts) for template in EN]
    rows = []
    for number in range(reports):
        kind = "wire" if number == 0 else rng.choice(("copy", "cut", "own", "nb", "own"))
        rows.append(
            {
                "id": f"{rng.getrandbits(48):012x}",
                "text": "\n\n".join(_told(rng, kind, wire, facts)),
                "outlet": f"The {_name(rng)} Post",
                "published": (published + datetime.timedelta(minutes=37 * number)).isoformat(),
                "language": "nb" if kind == "nb" else "en",
            }
        )
    return rows


def _told(rng: random.Random, kind: str, wire: list[str], facts: dict[str, str]) -> list[str]:
    """The sentences of one report of the story, two to a paragraph."""
    if kind == "cut":
        sentences = wire[: rng.randrange(4, 9)]
    elif kind == "own":
        own = {**facts, "n": str(rng.randrange(2, 90)), "count": str(rng.randrange(10, 4000)), "expert": _person(rng)}
        own["fe"] = own["expert"].split()[-1]
        sentences = [template.format(**own) for template in rng.sample(EN, 9)]
    elif kind == "nb":
        sentences = [template.format(**facts) for template in NB]
    else:
        sentences = list(wire)
    return [" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2)]


def _facts(rng: random.Random) -> dict[str, str]:
    a, b, expert = (_person(rng) for _ in range(3))
    (ca, ca_nb), (cb, cb_nb) = rng.sample(sorted(COUNTRIES.items()), 2)
    (role_a, role_a_nb), (role_b, role_b_nb) = rng.sample(sorted(ROLES.items()), 2)
    topic, topic_nb = rng.choice(sorted(TOPICS.items()))
    day, day_nb = rng.choice(sorted(DAYS.items()))
    return {
        "a": a,
        "b": b,
        "expert": expert,
        "fa": a.split()[-1],
        "fb": b.split()[-1],
        "fe": expert.split()[-1],
        "ca": ca,
        "cb": cb,
        "ca_nb": ca_nb,
        "cb_nb": cb_nb,
        "topic": topic,
        "topic_nb": topic_nb,
        "role_a": role_a,
        "role_b": role_b,
        "role_a_nb": role_a_nb,
        "role_b_nb": role_b_nb,
        "day": day,
        "day_nb": day_nb,
        "month": rng.choice(MONTHS),
        "town": _name(rng),
        "town2": _name(rng),
        "n": str(rng.randrange(2, 90)),
        "m": str(rng.randrange(5, 900)),
        "count": str(rng.randrange(10, 4000)),
        "pct": str(rng.randrange(2, 60)),
        "ordinal": rng.choice(("second", "third", "fourth", "fifth")),
        "year": "",
        "year_before": "",
    }


def _person(rng: random.Random) -> str:
    return f"{_name(rng)} {_name(rng)}"


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randrange(2, 4))).capitalize()


if __name__ == "__main__":  # python bench/generate.py REPORTS OUTLETS FILE
    write_pile(Path(sys.argv[3]), int(sys.argv[1]), outlets=int(sys.argv[2]))
