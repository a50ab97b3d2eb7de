"""The user's file of aliases: an actor's name, the forms in which reports write it, and the state it is or acts for.

TOML, one ``[[actor]]`` each. A form counts as it is written, in any report; nothing is guessed from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from stemma.errors import BadUsage
from stemma.language.gazetteer import english_names
from stemma.language.words import find_tokens
from stemma.reasons import rule
from stemma.records import Annotated, Report, Span, Witness
from stemma.user_toml import read_text, shown, tables

Kind = Literal["person", "organisation", "state", "place"]
FIELDS = ("name", "forms", "kind", "code")
EXAMPLE = "docs/actors.md shows one"
RULE = "alias of the user"
POSSESSIVE = ("'s", "’s")


class Alias(Struct, frozen=True):
    """One actor of the file. ``code``: ISO 3166-1 alpha-2 of the state that it is or acts for, so that what it does is that
    state's act."""

    name: str
    forms: tuple[str, ...]
    kind: Kind | None = None
    code: str | None = None


def read_aliases(path: str | Path) -> tuple[Alias, ...]:
    """The aliases of a file. Raises ``BadUsage`` with the actor and the next step where it cannot be used."""
    return parse(read_text(path, "--aliases"), str(path))


def parse(text: str, file: str = "aliases") -> tuple[Alias, ...]:
    """The aliases of a TOML text; ``file`` is how errors call it."""
    data = tables(text, file, EXAMPLE)
    written = data.get("actor", [])
    if set(data) - {"actor"} or not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        raise BadUsage(f"{file}: write [[actor]] above each actor, and nothing else outside of them; {EXAMPLE}")
    found = tuple(_alias(table, f"{file}, actor {number}") for number, table in enumerate(written, 1))
    _refuse_contradictions(found, file)
    return found


def _refuse_contradictions(aliases: Sequence[Alias], file: str) -> None:
    """One form stands for one actor, and one actor has one kind and one code, however often it is named."""
    owner: dict[str, str] = {}
    known: dict[tuple[str, str], str] = {}
    for one in aliases:
        for form in (one.name, *one.forms):
            if owner.setdefault(form, one.name) != one.name:
                raise BadUsage(
                    f"{file}: {form!r} stands for {owner[form]!r} and for {one.name!r}: give it to one of them"
                )
        for field, value in (("kind", one.kind), ("code", one.code)):
            if value is not None and known.setdefault((one.name, field), value) != value:
                former = known[one.name, field]
                raise BadUsage(f"{file}: {one.name!r} has the {field} {former!r} and the {field} {value!r}: keep one")


def _alias(table: Mapping[str, Any], where: str) -> Alias:
    strange = sorted(set(table) - set(FIELDS))
    if strange:
        raise BadUsage(f"{where}: {strange[0]!r} is not known here: an actor has {', '.join(FIELDS)}; {EXAMPLE}")
    name, forms, kind, code = (table.get(field) for field in FIELDS)
    if not isinstance(name, str) or not name.strip():
        raise BadUsage(f'{where}: no name: write name = "...", the name that the output shall show')
    if not isinstance(forms, list) or not forms or not all(isinstance(one, str) and one.strip() for one in forms):
        raise BadUsage(f'{where} ({name}): forms must be a list of words as reports write them: forms = ["...", "..."]')
    if kind is not None and kind not in get_args(Kind):
        raise BadUsage(f"{where} ({name}): kind is {shown(kind)}; write one of: {', '.join(get_args(Kind))}")
    if code is not None and not (isinstance(code, str) and code.isalpha() and code in english_names()):
        raise BadUsage(
            f'{where} ({name}): code is {shown(code)}; write the two capital letters of ISO 3166-1, as in "NO"'
        )
    return Alias(name.strip(), tuple(dict.fromkeys(" ".join(one.split()) for one in forms)), kind, code)


def find_forms(one: Annotated, aliases: Sequence[Alias]) -> list[tuple[Span, Alias]]:
    """Where the report writes a form of an alias (or its name), the longest at each place, in text order."""
    text, tokens = one.report.text, one.tokens
    begun = _by_first_word(aliases, one.report.language)
    found: list[tuple[Span, Alias]] = []
    at = 0
    while at < len(tokens):
        size = 1
        for words, alias in begun.get(_bare(text[tokens[at].start : tokens[at].end]), ()):
            last = at + len(words) - 1
            if last >= len(tokens) or tokens[last].end - tokens[at].start > 2 * sum(map(len, words)) + len(words):
                continue
            written = [text[token.start : token.end] for token in tokens[at : last + 1]]
            if (*written[:-1], _bare(written[-1])) == words:
                found.append((Span(tokens[at].start, tokens[last].start + len(words[-1])), alias))
                size = len(words)
                break
        at += size
    return found


def _bare(word: str) -> str:
    """Without the possessive that the form itself does not have."""
    return word[:-2] if word.endswith(POSSESSIVE) else word


def _by_first_word(aliases: Sequence[Alias], language: str | None) -> dict[str, list[tuple[tuple[str, ...], Alias]]]:
    found: dict[str, list[tuple[tuple[str, ...], Alias]]] = {}
    for alias in aliases:
        for form in dict.fromkeys((*alias.forms, alias.name)):
            words = tuple(form[token.start : token.end] for token in find_tokens(form, 0, len(form), language))
            if words:
                found.setdefault(words[0], []).append((words, alias))
    return {first: sorted(forms, key=lambda one: (-len(one[0]), one[0])) for first, forms in found.items()}


@rule(RULE)
def alias_of_the_user(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The file of aliases says that these words name this actor.

    ``values`` are the name and the forms; 1 where every span is one of them, else 0.
    """
    return float(all(reports[w.report].text[w.start : w.end] in values for w in spans))
