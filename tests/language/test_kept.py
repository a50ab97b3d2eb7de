"""What is looked up by word must be what reading in place gives."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.language import kept
from stemma.language.dates import find, grammar, lexer
from stemma.language.kept import Kept
from stemma.language.words import PIECES, find_tokens, fold, norm

KINDS = "".join(sorted({*grammar.CORE, *"fdpatnNcorPGZzABIFeghKvw.,-/()':|"}))
LETTERS = "abéßΩдЯאtheMay3 71.,;:!?()“”’'-/…\n "


def test_kept_works_a_word_out_once_and_forgets_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    lengths: Kept[int] = Kept(lambda word: asked.append(word) or len(word))
    assert [lengths["quay"], lengths["quay"], lengths["q" * 99], lengths["q" * 99]] == [4, 4, 99, 99]
    assert asked == ["quay", "q" * 99, "q" * 99]
    monkeypatch.setattr(kept, "MOST", 2)
    assert [lengths[word] for word in ("a", "bb", "ccc")] == [1, 2, 3]
    assert len(lengths) <= 2


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=KINDS, max_size=9))
def test_patterns_left_out_for_a_run_fit_nowhere_in_it(run: str) -> None:
    tried = {shape.order for shape in find._shapes(run)}
    assert tried == {order for order, (_, pattern, _) in enumerate(grammar.COMPILED) if pattern.search(run)}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=40))
def test_tokens_and_atoms_by_runs_are_those_of_the_whole_text(text: str) -> None:
    whole, at = [], 0
    for number, word, mark, blank in PIECES.findall(text):
        piece = number or word or mark
        if piece:
            whole.append((at, at + len(piece), norm(piece), "number" if number else "word" if word else "mark"))
        at += len(piece) + len(blank)
    assert [tuple(token) for token in find_tokens(text, 0, len(text), "en")] == whole
    of = lexer.lexer("en")
    assert of is not None
    found = lexer.read(text, len(text), of)
    plain, _ = lexer._join_phrases(lexer._scan(text, (0, len(text)), of.known, of.seen), [0] * len(text), of.known)
    spans = [(found.start(at), found.end(at), atom.kind, atom.word) for at, atom in enumerate(found.atoms)]
    assert spans == [(atom.start, atom.end, atom.kind, atom.word) for atom in plain]


@given(st.text(max_size=12))
def test_folding_is_the_same_with_and_without_its_short_way(word: str) -> None:
    assert norm(word) == unicodedata.normalize("NFKC", word).casefold()
    assert fold(word).isalnum() or not fold(word)
