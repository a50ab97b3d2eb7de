"""Who is meant inside one report: pronouns, shared subjects and short forms to the name the report gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from stemma.quotes.found import Found
from stemma.quotes.lexicon import fold
from stemma.quotes.phrases import Phrase
from stemma.quotes.view import View
from stemma.records import Name, Span

# A pronoun is traced back over at most this many code points: farther names are guesses.
REACH = 900


class Meant(Struct, frozen=True):
    """The name a speaker has in the report, and how it is known: "named", "described", "traced", "unknown"."""

    name: str | None
    how: str


class People:
    """The persons and bodies a report names, and who spoke last."""

    def __init__(self, v: View) -> None:
        self.v = v
        self.names = sorted((n for n in v.report.names if n.kind in ("person", "organisation")), key=lambda n: n.start)
        self.persons = [n for n in self.names if n.kind == "person"]
        self.bodies = {n.start: n for n in v.report.names if n.kind in ("organisation", "other")}
        self.starts = [n.start for n in self.persons]
        self.all_starts = [n.start for n in self.names]
        self.longest = max((n.end - n.start for n in self.names), default=0)
        self.fullest: dict[str, str] = {}
        for n in self.persons:
            key = _key(n.text)
            self.fullest[key] = max(self.fullest.get(key, ""), n.text, key=lambda t: (len(t), t))
        self.titles: list[tuple[Name, frozenset[str]]] = []
        self.entitled: set[tuple[str, frozenset[str]]] = set()
        for n in self.persons:
            if n.title:
                title = v.text[n.title.start : n.title.end].casefold().replace("’", "'").replace("l'", "l' ")
                self._entitle(n, frozenset(fold(w.strip(".,'")) for w in title.split()))
        self.last: tuple[int, str] | None = None
        self.spoke: tuple[int, str] | None = None

    def meant(self, one: Found) -> Meant:
        """The name of a finding's subject."""
        if one.subject is None:
            return Meant(None, "unknown")
        span = self.v.span(*one.subject)
        words = self.v.text[span.start : span.end]
        governed = (
            one.place == "source"
            and one.subject.last - one.subject.first == 1
            and self.v.norms[one.subject.first] in self.v.lex.words["objects"]
        )
        if governed or self._pronoun(one.subject):
            own = [v_span for first, last in one.content if last > first and (v_span := self.v.span(first, last))]
            traced = self._trace(one.subject, span, own)
            return Meant(traced, "traced" if traced else "unknown")
        inside = [n for n in self._near(span) if n.end > span.start and self._heads(n, one.subject, span)]
        inside = inside or self._behind(span) or self._body_behind(one.subject, span)
        best = next((n for n in reversed(inside) if n.kind == "person"), inside[0] if inside else None)
        if best is None:
            holder = self._holder(one.subject, span)
            self.spoke = (span.end, holder or words)
            return Meant(holder or words, "described")
        if best.kind != "person":
            return Meant(self.v.text[max(best.start, span.start) : best.end], "named")
        name = self._fullest(best)
        self.last = (span.start, name)
        self._entitle(best, frozenset(self.v.norms[one.subject.first : one.subject.last]))
        return Meant(name, "named")

    def _near(self, span: Span) -> list[Name]:
        """The names that may reach into the span, in the order of the text."""
        low = bisect_left(self.all_starts, span.start - self.longest)
        return self.names[low : bisect_left(self.all_starts, span.end)]

    def _entitle(self, n: Name, words: frozenset[str]) -> None:
        """Remember once how a person was described; the first place counts."""
        key = (self._fullest(n), words)
        if key not in self.entitled:
            self.entitled.add(key)
            self.titles.append((n, words))

    def _heads(self, n: Name, phrase: Phrase, span: Span) -> bool:
        """Whether the name is the head of the phrase: no genitive ("Lee's office"), not behind "of", and (a body) at its end."""
        text, words = self.v.text, self.v.lex.words
        if text[n.end : n.end + 2] in ("'s", "’s") or (
            n.end < span.end and text[n.end - 2 : n.end] in ("'s", "’s", "s'", "s’")
        ):
            return False
        if (
            n.kind != "person"
            and n.end < span.end
            and text[n.end : span.end].strip()[:1] not in ("", "(", ")", ".", "”", '"', "»", "'", "’")
        ):
            return False
        before = next((i - 1 for i in range(phrase.first + 1, phrase.last) if self.v.tokens[i].start >= n.start), None)
        if before is None or self.v.tokens[before].end > n.start:
            return True
        norm = self.v.norms[before]
        return norm not in words["linking"] and (norm not in words["prepositions"] or norm in words["determiners"])

    def _holder(self, phrase: Phrase, span: Span) -> str | None:
        """The one person of the report whose title holds every noun of a description: "the minister"."""
        words = self.v.lex.words
        said = {
            self.v.norms[i] for i in range(phrase.first, phrase.last)
            if self.v.word(i) and not any(self.v.norms[i] in words[g] for g in ("determiners", "prepositions", "linking", "adverbs"))
        }  # fmt: skip
        if not said & words["heads"]:
            return None
        held = [n for n, title in self.titles if said <= title]
        held = [n for n in held if n.start < span.start] or held
        found = {self._fullest(n) for n in held}
        return found.pop() if len(found) == 1 else None

    def _behind(self, span: Span) -> list[Name]:
        """The name in apposition: "the man's lawyer, attorney Ann Lee"."""
        at = bisect_left(self.starts, span.end)
        for n in self.persons[at : at + 1]:
            begin = n.title.start if n.title and n.title.start >= span.end else n.start
            if self.v.text[span.end : begin].strip() == "," and begin - span.end <= 2:
                return [n]
        return []

    def _body_behind(self, phrase: Phrase, span: Span) -> list[Name]:
        """A body in apposition to what it is: "the port's operator, Velmar, said"; "the mayor of Salem, Ohio, said" has none."""
        v, head = self.v, phrase.last - 1
        if v.norms[phrase.first] not in v.lex.words["determiners"] or head in v.named or not v.word(head):
            return []
        if v.capital(head) and not v.lex.capital_nouns:
            return []
        found = self.bodies.get(span.end + 2)
        commas = found is not None and (v.text[span.end : span.end + 1], v.text[found.end : found.end + 1]) == (
            ",",
            ",",
        )
        return [found] if found is not None and commas else []

    def _pronoun(self, phrase: Phrase) -> bool:
        words = self.v.lex.words
        norms = self.v.norms[phrase.first : phrase.last]
        return len(norms) == 1 and (
            norms[0] in words["pronouns"]
            or norms[0] in words["relatives"]
            or (norms[0] not in self.v.lex.cues and norms[0].rpartition("-")[2] in words["pronouns"])
        )

    def _fullest(self, name: Name) -> str:
        """The longest person name of the report that ends in the same word."""
        return self.fullest.get(_key(name.text), name.text)

    def _trace(self, phrase: Phrase, span: Span, own: Sequence[Span]) -> str | None:
        """Who a pronoun means: the antecedent of a relative, the last speaker, else the nearest person before."""
        norm = self.v.norms[phrase.first]
        if norm not in self.v.lex.gender:
            norm = norm.rpartition("-")[2]
        at = bisect_left(self.starts, span.start)
        if norm in self.v.lex.words["relatives"] and norm not in self.v.lex.words["pronouns"]:
            near = [n for n in self._near(Span(span.start - 3, span.start)) if 0 <= span.start - n.end <= 3]
            if not near and self.spoke is not None and 0 <= span.start - self.spoke[0] <= 3:
                return self.spoke[1]
            return self._fullest(near[-1]) if near and near[-1].kind == "person" else None
        gender = self.v.lex.gender.get(norm)
        if gender is None:
            return None
        if (
            self.last is not None
            and span.start - self.last[0] <= REACH
            and not self._between(self.last[0], span.start, own)
        ):
            return self.last[1]
        for n in reversed(self.persons[max(0, at - 6) : at]):
            if span.start - n.start > REACH:
                break
            if self._leads(n) and not any(a <= n.start < b for a, b in own):
                return self._fullest(n)
        return None

    def _between(self, after: int, before: int, own: Sequence[Span]) -> bool:
        """Whether another person leads a sentence between the last speaker and the pronoun."""
        low, high = bisect_left(self.starts, after + 1), bisect_left(self.starts, before)
        mine = self.last[1].split()[-1] if self.last else ""
        return any(
            self._leads(n) and n.text.split()[-1:] != [mine] and not any(a <= n.start < b for a, b in own)
            for n in self.persons[low:high]
        )

    def _leads(self, n: Name) -> bool:
        """Whether the name stands at the head of its sentence (its subject, more often than not)."""
        sentence = self.v.report.sentences[n.sentence]
        head = n.title.start if n.title else n.start
        return min(head, n.start) - sentence.start <= 3


def _key(name: str) -> str:
    return name.split()[-1].casefold() if name.split() else name
