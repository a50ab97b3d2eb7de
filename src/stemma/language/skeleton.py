"""The consonants of a name, alike in all alphabets: "Laurent" and "Лоран" give "lrn".

After JRC-Names (Steinberger et al. 2011): transliterate, replace what spellings of one sound differ in, double letters
single, vowels out. One spelling may stand for two sounds ("Gerald", "Gerhard"; "Jean", "Jan"), so a word has several
skeletons; two words can be one name where they share one.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from stemma.language.words import fold, norm, word_set

# Shorter words have skeletons that meet by chance.
SHORTEST_WORD = 4
SHORTEST_KEY = 3
# A case ending is cut only where this many letters of the word stay.
SHORTEST_STEM = 4
# Words read in Mandarin or by syllables have no frame of consonants to compare.
SYLLABIC = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
# Greek writes b, d, g with two letters, after a vowel perhaps as mp, nt, nk.
GREEK = (
    (regex.compile(r"(?<![αεηιουωάέήίόύώ])μπ"), "b"),
    (regex.compile(r"(?<![αεηιουωάέήίόύώ])ντ"), "d"),
    (regex.compile(r"(?<![αεηιουωάέήίόύώ])γκ"), "g"),
)
# Applied in this order to the transliterated word; "S" is any hissing sound, so that no later rule takes it.
SOUNDS = tuple(
    (regex.compile(old), new)
    for old, new in (
        ("eaux?$|[ao]ux$", "o"), ("ier$", "ie"), ("chr", "kr"), ("chl", "kl"), ("tsch|tch|tsh|sch|shch|dzh|dsch", "S"), ("skj|sj(?=[aeiouy])", "S"),
        ("cz|sz|zh|sh", "S"), ("ts|tz", "S"), ("dj", "S"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("dt$", "t"), ("gh", "g"),
        ("gu(?=[ei])", "g"), ("qu|ck|q", "k"), ("cc", "k"), ("c(?=[eiy])", "S"), ("x", "kS"), ("w", "v"), ("ff?$", "v"),
        ("[zs]", "S"), ("(?<=.)j(?![aeiouy])", ""), ("c(?!h)", "k"),
    )
)  # fmt: skip
# Spellings with two sounds: each word is read both ways.
TWOFOLD = (
    (regex.compile("ch"), ("S", "h")),
    (regex.compile("g(?=[eiy])"), ("g", "S")),
    (regex.compile("j"), ("S", "")),
)
VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=100_000)
def skeletons(word: str, language: str | None = None) -> tuple[str, ...]:
    """The skeletons of a name's word, sorted; with its case ending and without it where the language has such (``[names]
    endings``). () for what is written in syllables."""
    if SYLLABIC.search(word):
        return ()
    found = set(_readings(norm(word)))
    for stem in _stems(norm(word), language):
        found.update(_readings(stem))
    return tuple(sorted(found - {""}))


def anchor_keys(word: str, language: str | None) -> tuple[str, ...]:
    """The skeletons that are long enough to say something: () for words below four letters and keys below three."""
    if len(fold(word)) < SHORTEST_WORD:
        return ()
    return tuple(key for key in skeletons(word, language) if len(key) >= SHORTEST_KEY)


def _stems(word: str, language: str | None) -> list[str]:
    """The word without its longest ending that has a consonant (vowels fall out anyway); only in other alphabets than the
    Latin one, as Latin names go without endings in most languages' news. A Greek man's name loses its "s" in the cases."""
    if word.isascii() or not word.isalpha() or ord(word[0]) < 0x370:
        return []
    if "\u0370" <= word[0] <= "\u03ff":
        return [] if word[-1] in "σς" else [word + "ς"]
    endings = word_set(language, "names", "endings")
    fitting = [end for end in endings if word.endswith(end) and len(word) - len(end) >= SHORTEST_STEM]
    return [word[: -len(max(fitting, key=lambda end: (len(end), end)))]] if fitting else []


def _readings(word: str) -> list[str]:
    for pattern, letter in GREEK if "\u0370" <= word[:1] <= "\u03ff" else ():
        word = pattern.sub(letter, word)
    key = fold(word)
    for pattern, new in SOUNDS:
        key = pattern.sub(new, key)
    readings = [key]
    for pattern, sounds in TWOFOLD:
        if any(pattern.search(one) for one in readings):
            readings = [pattern.sub(sound, one) for one in readings for sound in sounds]
    return [_bones(one) for one in readings]


def _bones(key: str) -> str:
    """The consonants, double ones single, "a" for any vowel or h at the beginning; a last t or d behind n, r or l is silent
    in French and so is left out everywhere."""
    once = "".join(letter for k, letter in enumerate(key) if k == 0 or letter != key[k - 1])
    single = "".join(letter for letter in once if letter not in VOWELS and letter != "h").lower()
    if len(single) > 2 and single[-1] in "td" and single[-2] in "nrl":
        single = single[:-1]
    return "a" + single if key[:1] in VOWELS or key[:1] == "h" else single
