"""Which language a report is in: by its script, by its most frequent small words, and by py3langid where these are unsure.

The small words (data/function_words.tsv) answer for almost all reports in well under a millisecond; py3langid takes a
second or two to load and is loaded only when they do not. What is too short or too mixed to tell is None.
"""

from __future__ import annotations

import threading
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

import regex

# How much of a text is looked at (code points): measured on the kits' texts, more words change no answer.
SAMPLE = 1200
# py3langid slows with length (17,000 characters: a twentieth of a second) and does not gain beyond this.
MODEL_SAMPLE = 600
# Below this many letters there is no telling (a name, a number, a headline of one word).
FEWEST_LETTERS = 12
# Small words make up 35-55 % of running text in these languages; a share below this is a list of names or another language.
SMALLEST_SHARE = 0.2
# How far the best language must lead the next (share of its score); Bokmål and Danish share two thirds of their small words.
LEAD = 0.12
# The model gives some label to anything; where the best label has less than this share of the weight it is noise.
MODEL_FLOOR = 0.5

_WORDS = regex.compile(r"[\p{L}\p{M}]++(?:-[\p{L}\p{M}]++)*+")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HAN = regex.compile(r"\p{Han}")
_LETTERS = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
# The model's labels for languages that we call otherwise.
_LABELS = {"no": "nb"}
_lock = threading.Lock()


def identify(text: str) -> str | None:
    """The BCP 47 primary tag of the text's language, or None where it cannot be told."""
    sample = text[:SAMPLE]
    letters = len(_LETTERS.findall(sample))
    if letters < FEWEST_LETTERS:
        return _by_short_script(sample) if letters else None
    candidates = _by_script(sample, letters)
    if len(candidates) == 1:
        return candidates[0]
    words = Counter(word.casefold() for word in _WORDS.findall(sample))
    total = sum(words.values())
    scores = _score_words(words, candidates)
    return scores[0][2] if _is_clear(scores, total) else _by_model(sample, scores, total)


def _by_short_script(sample: str) -> str | None:
    """A few letters tell the language only where its script does."""
    if _KANA.search(sample):
        return "ja"
    for script, languages in scripts().items():
        if len(languages) == 1 and pattern(script).search(sample):
            return languages[0]
    return None


def _by_script(sample: str, letters: int) -> tuple[str, ...]:
    """The languages written in the script that most letters are in; for Latin all that have small words."""
    kana = len(_KANA.findall(sample))
    han = len(_HAN.findall(sample))
    if kana + han > 0.4 * letters:
        # Japanese prose has kana in every clause; Chinese has none beyond a name.
        return ("ja",) if kana > 0.08 * (kana + han) else ("zh",)
    if len(_LATIN.findall(sample)) > 0.5 * letters:
        return tuple(sorted(language for language in function_words() if language not in _other_scripts()))
    for script, languages in scripts().items():
        if len(pattern(script).findall(sample)) > 0.5 * letters:
            fitting = tuple(language for language in languages if _fits(sample, script, language))
            return fitting or languages
    return ()


def _fits(sample: str, script: str, language: str) -> bool:
    """Whether the text keeps to the language's alphabet (a foreign name may not)."""
    extra = alphabets().get(language)
    if extra is None:
        return True
    all_extra = {letter for other in scripts()[script] for letter in alphabets().get(other, "")}
    strange = sum(letter in all_extra and letter not in extra for letter in sample.casefold())
    return strange <= 0.004 * len(sample)


def _score_words(words: Counter[str], candidates: tuple[str, ...]) -> list[tuple[float, int, str]]:
    """(weight, count, language) of the small words that the text has of each language, heaviest first."""
    weights = dict.fromkeys(candidates, 0.0)
    counts = dict.fromkeys(candidates, 0)
    for word, count in words.items():
        for language, weight in _languages_of().get(word, ()):
            if language in weights:
                weights[language] += weight * count
                counts[language] += count
    scores = [(round(weights[language], 6), counts[language], language) for language in candidates]
    return sorted(scores, key=lambda item: (-item[0], item[2]))


def _is_clear(scores: list[tuple[float, int, str]], total: int) -> bool:
    """Whether enough of the small words are there and no other language is near."""
    if not scores or total < 4:
        return False
    score, count, _ = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    lead = (score - second) / score if score else 0.0
    share = count / total
    return (
        score >= 1
        and count >= 2
        and (
            (share >= SMALLEST_SHARE and lead >= LEAD)
            or (share >= SMALLEST_SHARE / 2 and count >= 6 and lead >= 3 * LEAD)
        )
    )


def _by_model(sample: str, scores: list[tuple[float, int, str]], total: int) -> str | None:
    """py3langid's answer weighed with the small words, where it is sure enough; its labels are those of the list."""
    words = {language: score for score, _, language in scores}
    weighed: list[tuple[float, str]] = []
    for label, probability in _model().rank(sample[:MODEL_SAMPLE]):
        language = _LABELS.get(label, label)
        if language in words:
            weighed.append((probability * (1.0 + 20.0 * words[language] / max(total, 1)), language))
    whole = sum(weight for weight, _ in weighed)
    weight, best = max(weighed, key=lambda item: (item[0], item[1]), default=(0.0, ""))
    return best if whole and weight >= MODEL_FLOOR * whole else None


@cache
def _model() -> Any:
    with _lock:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def function_words() -> dict[str, dict[str, float]]:
    """Each language's small words with their weights: a word that n languages of the list share weighs 1/n."""
    rows = [line.split("\t") for line in _data("function_words.tsv")]
    shared = Counter(word for _, words in rows for word in set(words.split()))
    return {language: {word: 1.0 / shared[word] for word in words.split()} for language, words in rows}


@cache
def _languages_of() -> dict[str, list[tuple[str, float]]]:
    """Each small word to the languages that have it and its weight there."""
    found: dict[str, list[tuple[str, float]]] = {}
    for language, weights in function_words().items():
        for word, weight in weights.items():
            found.setdefault(word, []).append((language, weight))
    return found


@cache
def scripts() -> dict[str, tuple[str, ...]]:
    """Unicode script names to the languages written in them."""
    rows = [line.split("\t") for line in _data("scripts.tsv") if not line.startswith("+")]
    return {script: tuple(languages.split()) for script, languages in rows}


@cache
def alphabets() -> dict[str, str]:
    """The letters by which languages of one script differ."""
    return dict(line[1:].split("\t") for line in _data("scripts.tsv") if line.startswith("+"))


@cache
def pattern(script: str) -> Any:
    """Matches one letter of the script."""
    return regex.compile(rf"\p{{Script={script}}}")


@cache
def _other_scripts() -> frozenset[str]:
    return frozenset(language for languages in scripts().values() for language in languages)


def _data(name: str) -> list[str]:
    text = (files("stemma.read") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
