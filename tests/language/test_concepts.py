"""The table of news words: its shape, and what it finds."""

from __future__ import annotations

from importlib.resources import files

import pytest

from stemma.language.concepts import concept_of, concepts_of, is_function_word

LANGUAGES = ("en", "nb", "da", "sv", "de", "nl", "fr", "es", "it", "pt")


def rows() -> list[list[str]]:
    text = (files("stemma.language") / "data" / "concepts.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def test_every_row_has_an_id_of_its_own_and_words_in_lower_case() -> None:
    header, *body = rows()
    assert header == ["id", *LANGUAGES, "nn"]
    ids = [row[0] for row in body]
    assert len(ids) == len(set(ids))
    for row in body:
        assert 11 <= len(row) <= 12 or row[-1]
        for cell in row[1:]:
            words = cell.split("|") if cell else []
            assert len(words) == len(set(words))
            assert all(word == word.casefold().strip() and " " not in word for word in words)


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("ministry", {"en": "ministries", "nb": "departementene", "de": "ministeriums", "fr": "ministères"}),
        ("election", {"en": "elections", "nb": "valget", "sv": "valen", "de": "wahlen", "nl": "verkiezingen", "es": "electoral"}),
        ("buy", {"en": "bought", "nb": "kjøpte", "de": "gekauft", "nl": "gekocht", "fr": "acheté", "it": "acquistato"}),
        ("die", {"en": "died", "nb": "døde", "da": "døde", "de": "starb", "es": "murió", "pt": "morreu"}),
        ("missile", {"en": "missiles", "nb": "missilene", "de": "raketen", "it": "missili"}),
    ],
)  # fmt: skip
def test_one_concept_in_many_languages(meaning: str, words: dict[str, str]) -> None:
    assert {language: concept_of(word, language) for language, word in words.items()} == dict.fromkeys(words, meaning)


def test_compounds_say_both_their_parts_head_first() -> None:
    assert concepts_of("eksportforbud", "nb") == (("ban",), ("export",))
    assert [part[0] for part in concepts_of("handelskrieg", "de")] == ["war", "trade"]


def test_a_word_of_several_senses_has_all_of_them() -> None:
    assert {"train", "space"} <= set(concepts_of("bane", "nb")[0])


def test_function_words_and_unknown_words() -> None:
    assert is_function_word("ikke", "nb")
    assert is_function_word("dell'", "it")
    assert not is_function_word("minister", "en")
    assert concept_of("zyxwv", "en") is None
    assert concept_of("minister", None) is None
    assert concept_of("minister", "fi") is None


def test_nynorsk_reads_its_own_words_and_those_of_its_relative() -> None:
    assert concept_of("tryggleiken", "nn") == "security"
    assert concept_of("krigen", "nn") == "war"
