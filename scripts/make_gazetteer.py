"""Write the country and city names of many languages from the CLDR (through babel) into two compact data files.

    python scripts/make_gazetteer.py

`src/stemma/language/data/territories.tsv`: one line per language: tag, then `code=name|short name` for each territory
(ISO 3166-1 alpha-2, XK, EU, UN, and UN M49 numbers for regions). `cities.tsv`: one line per language: tag, then
`zone=city` for each time zone's exemplar city whose name is not the English one; the line `en` holds all of them, and
the line `zones` the territory of each. Source: Unicode CLDR, Unicode License v3 (SPDX Unicode-3.0).
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.core import get_global

DATA = Path(__file__).parents[1] / "src" / "stemma" / "language" / "data"
# The languages that the language identifier can name and CLDR covers.
TAGS = [
    "af",
    "am",
    "ar",
    "as",
    "az",
    "be",
    "bg",
    "bn",
    "br",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "eo",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fil",
    "fo",
    "fr",
    "ga",
    "gl",
    "gu",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "la",
    "lb",
    "lo",
    "lt",
    "lv",
    "mg",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "mt",
    "my",
    "nb",
    "ne",
    "nl",
    "nn",
    "oc",
    "or",
    "pa",
    "pl",
    "ps",
    "pt",
    "qu",
    "ro",
    "ru",
    "rw",
    "se",
    "si",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tl",
    "tr",
    "ug",
    "uk",
    "ur",
    "uz",
    "vi",
    "wo",
    "xh",
    "yo",
    "yue",
    "zh",
    "zu",
]
# Not territories: pseudo-locales, the outlying parts of Oceania, the euro area (a currency, not a state), unknown.
LEFT_OUT = {"XA", "XB", "QO", "ZZ", "EZ", "UM", "AC", "CP", "DG", "EA", "IC", "TA", "BV", "HM"}
# Exemplar cities that are parts or alternative names of time zones rather than cities in the news.
NO_CITIES = {"Etc", "Antarctica", "Arctic", "Indian", "Atlantic"}
# Regions that the news names; the other M49 groupings are statistics.
REGIONS = {
    "002",
    "003",
    "005",
    "009",
    "011",
    "013",
    "014",
    "015",
    "018",
    "019",
    "021",
    "029",
    "030",
    "034",
    "035",
    "039",
    "142",
    "143",
    "145",
    "150",
    "151",
    "154",
    "155",
    "202",
    "419",
}


# CLDR keeps the first name a zone had.
OLD_ZONES = {
    "Europe/Kyiv": "Europe/Kiev",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Yangon": "Asia/Rangoon",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Africa/Asmara": "Africa/Asmera",
    "America/Nuuk": "America/Godthab",
}


def territories(tag: str) -> str:
    """One language's line of territories."""
    names = Locale.parse(tag).territories
    fields = []
    for code in sorted(names):
        if code in LEFT_OUT or (code.isdigit() and code not in REGIONS) or len(code) > 3:
            continue
        fields.append(f"{code}={names[code].strip()}")
    return "\t".join((tag, *fields))


def cities() -> list[str]:
    """All lines of the city file."""
    zones = get_global("zone_territories")
    english = {
        zone: zone.rsplit("/", 1)[1].replace("_", " ")
        for zone in sorted(zones)
        if "/" in zone and zone.split("/")[0] not in NO_CITIES and len(zone.split("/")) == 2
    }
    lines = ["\t".join(("zones", *(f"{zone}={zones[zone]}" for zone in english)))]
    for tag in TAGS:
        try:
            known = Locale.parse(tag).time_zones
        except Exception as problem:  # babel knows fewer tags than the identifier
            print(tag, problem)
            continue
        local = {}
        for zone in english:
            entry = known.get(zone) or known.get(OLD_ZONES.get(zone, ""))
            if entry and "city" in entry:
                local[zone] = entry["city"]
        if tag == "en":
            lines.append("\t".join((tag, *(f"{zone}={local.get(zone, name)}" for zone, name in english.items()))))
        else:
            lines.append(
                "\t".join((tag, *(f"{z}={local[z]}" for z in english if z in local and local[z] != english[z])))
            )
    return lines


def main() -> None:
    """Write both files."""
    known = []
    for tag in TAGS:
        try:
            known.append(territories(tag))
        except Exception as problem:
            print(tag, problem)
    (DATA / "territories.tsv").write_text("\n".join(known) + "\n", encoding="utf-8")
    (DATA / "cities.tsv").write_text("\n".join(cities()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
