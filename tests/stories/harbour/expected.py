"""What a careful editor reads out of examples/harbour. Reports are named by their file (and line) without the ending."""

PILE = "harbour"

STORIES = [
    {
        "01-wire",
        "02-wire-update",
        "gazette",
        "courier",
        "05-rewrite",
        "06-oversatt",
        "07-eigenbericht",
        "08-propio",
        "09-preview",
    },
    {"10-other-event"},
]

FAMILIES = [
    {"01-wire", "02-wire-update", "gazette", "courier", "05-rewrite", "06-oversatt"},
    {"07-eigenbericht"},
    {"08-propio"},
    {"09-preview"},
]
STANDING = {
    "01-wire": "own reporting shown",  # dateline, byline, "told Meridian Press"
    "07-eigenbericht": "own reporting shown",  # "sagte ... dieser Zeitung"
    "08-propio": "own reporting shown",  # "contó a El Faro Atlántico"
    "09-preview": "unknown",
}

# report -> lawful kinds, lawful sources (None: no source in the pile)
LINEAGE = {
    "01-wire": ({"independent", "update"}, {None}),
    "02-wire-update": ({"update"}, {"01-wire", "gazette"}),
    "gazette": ({"copy"}, {"01-wire"}),
    "courier": ({"copy"}, {"01-wire", "gazette"}),
    "05-rewrite": ({"rewrite", "shared source"}, {"01-wire", "gazette"}),
    "06-oversatt": ({"translation"}, {"01-wire", "02-wire-update", "gazette"}),
    "07-eigenbericht": ({"independent"}, {None}),
    "08-propio": ({"independent"}, {None}),
    "09-preview": ({"independent"}, {None}),
}
VIA = {"06-oversatt": "Kystavisen Nord"}

# (tier, kind, slot, words of one reading, words of another)
DISAGREEMENTS = [
    ("clash", "role", "role", "frühere Minister Duarte Valadim", "sea minister Duarte Valadim"),
    (None, None, "count", "46 boats", "64 Boote"),
    ("look", "later telling", "status", "will meet", "met"),
    ("look", "forecast told as fact", "status", "will almost certainly discuss", "they discussed"),
    ("look", "counted differently", "ordinal", "third high-level contact", "segunda vez que"),
]
MOST_CLASHES_BEYOND = 2

# (report, words, speaker's full name)
QUOTATIONS = [
    (
        "01-wire",
        "We have come to listen, and we will leave with a plan that both our coasts can live with",
        "Sigrun Haldorsdottir",
    ),
    ("01-wire", "Our fishermen have waited long enough", "Sigrun Haldorsdottir"),
    ("01-wire", "a treaty is not a menu from which each of us picks a dish", "Duarte Valadim"),
    ("01-wire", "toward a shared quota that neither of them dared to propose", "Maren Tollefsby"),
    ("02-wire-update", "A panel is a polite way of buying time", "Maren Tollefsby"),
    ("05-rewrite", "to count the boats of her neighbour", "Sigrun Haldorsdottir"),
    (
        "06-oversatt",
        "Vi er kommet for å lytte, og vi drar herfra med en plan som begge våre kyster kan leve med",
        "Sigrun Haldorsdottir",
    ),
    (
        "06-oversatt",
        "Forbudet kan skyve begge regjeringer mot en felles kvote som ingen av dem har våget å foreslå",
        "Maren Tollefsby",
    ),
    ("07-eigenbericht", "Mir hat niemand gesagt, wann ich wieder auslaufen darf", "Anselmo Pereirinha"),
    ("08-propio", "Cada día que pasa perdemos más de lo que ganamos en una semana", "Leonor Castanheda"),
    ("08-propio", "Un tratado se cumple entero", "Duarte Valadim"),
    (
        "10-other-event",
        "Nobody wants to strand his neighbours, but nobody works for nothing either",
        "Graca Monteverde",
    ),
]

# utterances told by several reports: words in each
UTTERANCES = [
    {
        "01-wire": "We have come to listen",
        "02-wire-update": "We have come to listen",
        "06-oversatt": "Vi er kommet for å lytte",
    },
    {"01-wire": "toward a shared quota", "05-rewrite": "toward a shared quota", "06-oversatt": "mot en felles kvote"},
    {"01-wire": "almost certainly discuss the seizure", "06-oversatt": "helt sikkert drøfte beslagleggelsen"},
    {"01-wire": "count the boats of my neighbour", "05-rewrite": "count the boats of her neighbour"},
]
NOT_AS_QUOTED = ("05-rewrite", "the ban could push both governments toward a shared quota")

# date -> reports that must witness it, with their basis
TIMELINE = {
    "1987": {
        "01-wire": "stated",
        "02-wire-update": "stated",
        "05-rewrite": "stated",
        "06-oversatt": "stated",
        "07-eigenbericht": "stated",
    },
    "2026-03-03": {
        "01-wire": "own date",
        "05-rewrite": "borrowed",
        "06-oversatt": "borrowed",
        "07-eigenbericht": "borrowed",
        "08-propio": "borrowed",
        "09-preview": "borrowed",
    },
    "2025-11": {"01-wire": "own date", "02-wire-update": "own date", "06-oversatt": "borrowed"},
    "2026-01": {"01-wire": "own date", "05-rewrite": "borrowed", "06-oversatt": "borrowed", "08-propio": "borrowed"},
}

# (actor, recipient, quad)
INTERACTIONS = [
    ("ISL", "PRT", "verbal cooperation"),  # the meeting, the visit
    ("PRT", "ISL", "material conflict"),  # imports of salted cod halted
    ("ISL", "PRT", "material cooperation"),  # the trawler released
]

PERSONS = {
    "Sigrun Haldorsdottir": {"Haldorsdottir", "Haldorsdottirs"},
    "Duarte Valadim": {"Valadim", "Valadims"},
    "Maren Tollefsby": {"Tollefsby"},
    "Anselmo Pereirinha": {"Pereirinha"},
    "Leonor Castanheda": {"Castanheda"},
}

FURNITURE = ["Related Links", "Fishing news at", "Les også", "Fiskerne er lei av å vente", "Subscribe to our letter"]
