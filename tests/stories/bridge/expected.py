"""What a careful editor reads out of examples/bridge: saved pages with their furniture, and a feed."""

PILE = "bridge"

STORIES = [{"observer", "fjordposten", "copy", "feed-1"}, {"feed-2"}]

FAMILIES = [{"observer", "copy"}, {"fjordposten"}, {"feed-1"}]
STANDING = {
    "observer": "own reporting shown",  # "told the Observer"
    "fjordposten": "own reporting shown",  # "sier ... til Fjordposten"
    "feed-1": "own reporting shown",  # "told Radio Kvernvik"
}

LINEAGE = {
    "observer": ({"independent"}, {None}),
    "copy": ({"copy", "rewrite"}, {"observer"}),
    "fjordposten": ({"independent"}, {None}),
    "feed-1": ({"independent"}, {None}),
}
VIA: dict[str, str] = {}

DISAGREEMENTS = [
    (None, None, "count", "14 kilometres", "40 kilometer"),
    (None, None, "weekday", "Friday", "søndag"),
]
MOST_CLASHES_BEYOND = 1

QUOTATIONS = [
    ("observer", "We would rather have queues than a rescue operation", "Halvard Stensrudmo"),
    ("fjordposten", "Vi vil heller ha kø enn en redningsaksjon", "Halvard Stensrudmo"),
    ("fjordposten", "Jeg rakk ikke jobben i dag", "Oda Lykkebotn"),
    ("feed-1", "The pillar is older than I am, and it has been treated worse", "Halvard Stensrudmo"),
    ("feed-2", "We ran out of waffles on Saturday night", "Birk Sandalsnes"),
]

UTTERANCES = [{"observer": "We would rather have queues", "fjordposten": "Vi vil heller ha kø"}]
NOT_AS_QUOTED = None

TIMELINE = {
    "2026-05-12": {"observer": "own date", "fjordposten": "own date", "copy": "own date", "feed-1": "own date"},
    "1974": {"observer": "stated"},
}

INTERACTIONS: list[tuple[str, str, str]] = []

PERSONS = {"Halvard Stensrudmo": {"Stensrudmo"}, "Oda Lykkebotn": set()}

FURNITURE = [
    "We use cookies",
    "Share this",
    "Subscribe to the morning letter",
    "Harbour festival draws record crowd",
    "Slik ble broa bygget",
    "Vær varsom",
    "Bli abonnent",
]
