"""Captions of photos: lines that end with whose picture it is ("... in May. REUTERS/Ann Lee", "(Foto: A. Lie / NTB)")."""

from __future__ import annotations

import regex

from stemma.read.lines import END_MARKS

# Captions tell what the picture shows in a sentence or three (code points).
LONGEST = 420
# Where the credit stands: the end of the line.
TAIL = 90

_OWNERS = (
    r"(?:AFP(?: PHOTO| Photo)?|AP(?: PHOTO| Photo)?|Reuters|REUTERS|EPA|EPA-EFE|EFE|Getty(?: Images)?|GETTY IMAGES|dpa|DPA|NTB(?: scanpix)?|Scanpix|SCANPIX|TT"
    r"|Ritzau(?: Scanpix)?|Lehtikuva|picture[ -]alliance|imago(?: images)?|IMAGO|Shutterstock|Xinhua|Kyodo|Kyodo News|Yonhap|PA|PA Wire"
    r"|PA Images|Keystone|KEYSTONE|Belga|BELGA|ANP|AAP|ANSA|LaPresse|Europa Press|Alamy|Bloomberg|Sipa|SIPA|Abaca|Anadolu|Unsplash"
    r"|Wikimedia Commons|Pixabay|iStock|TASS|ТАСС|РИА Новости|PAP|ČTK|MTI|Scanpix Denmark)"
)
_NAME = r"\p{Lu}[\p{L}\p{M}.'’-]*+(?: [\p{L}\p{M}.'’-]++){0,4}"
_CREDIT = regex.compile(
    rf"(?:^|[\s(©|–/:-])(?:{_OWNERS}\s?/\s?{_NAME}|{_NAME}\s?[/–|]\s?{_OWNERS}(?:\s?/\s?{_NAME}|\s?via\s?{_NAME})?"
    rf"|{_OWNERS}\s?/\s?{_OWNERS})\s*[)\]]?$"
)
_LABELLED = regex.compile(
    r"[(\[|©]\s?(?:photo|foto|fotos|bild|bilde|image|imagen|immagine|afp photo|ap photo|fotograf|фото|사진|写真)\b[^()\[\]]{0,60}[)\]]?$",
    regex.IGNORECASE,
)
# "新华社记者 某某 摄", "(사진=... 제공)", "(… 撮影)": taken by, handed out by.
_TAKEN = regex.compile(r"(?:摄|攝|撮影|제공|공동취재단|写真=[^。]{1,20})\s*[)）\]】]?$")


def is_caption(line: str) -> bool:
    """Whether the line is a caption: ends with the owner of a picture and not with the end of a sentence."""
    line = line.rstrip()
    if not line or len(line) > LONGEST or line[-1] in END_MARKS:
        return False
    tail = line[-TAIL:]
    return bool(_CREDIT.search(tail) or _LABELLED.search(tail) or _TAKEN.search(tail))
