"""What looks like an attribution and is none: passives, counts and verbs taken for speakers."""

from __future__ import annotations

from stemma.quotes.found import Found
from stemma.quotes.phrases import Phrase, past_form, pronoun
from stemma.quotes.speakers import speaks
from stemma.quotes.subjects import left
from stemma.quotes.view import PAUSES, View


def heard(v: View, found: list[Found]) -> list[Found]:
    """The findings that somebody said, with the speakers' phrases cut to what can speak."""
    kept: list[Found] = []
    for one in found:
        if one.cue is not None and one.place in ("pre", "post"):
            if _passive(v, one):
                if v.cues[one.cue[0]].kind != "blame":
                    continue
                one.subject, one.how = None, ""  # "was accused of": said, but not by the one named
            if _thing(v, one) or _toll(v, one) or _evidence(v, one) or _homograph(v, one):
                continue
            _cut(v, one)
            _inner(v, one)
            if one.subject is not None and _mute(v, one):
                continue
        kept.append(one)
    return kept


def _weak(one: Found) -> bool:
    """Whether only a noun phrase, an infinitive or a bare clause follows the cue: nothing shows by itself that it is speech."""
    return one.frame in ("n", "a", "i", "k", "b", "w")


def _passive(v: View, one: Found) -> bool:
    """ "was declared a disaster area", "deaths were reported": the subject of a passive is not who says it."""
    if one.cue is None or one.cue[0] not in v.cues or not _weak(one) or one.how == "behind":
        return False  # ("so er" has a cue that is no verb)
    j = one.cue[0]
    if v.cues[j].kind == "think" and not (
        j + 1 < len(v.tokens) and v.norms[j + 1] in v.lex.words["infinitive"]
    ):  # "is worried", "are convinced": states of mind, not passives
        return False
    if v.norms[j].endswith("ing"):
        return False
    for k in range(j - 1, max(-1, j - 4), -1):
        if v.norms[k] in v.lex.words["passives"]:
            return True
        if (
            v.norms[k] not in v.lex.words["adverbs"]
            and v.norms[k] not in v.lex.words["auxiliaries"]
            and not v.norms[k].endswith("ly")
        ):
            return False
    return False


def _thing(v: View, one: Found) -> bool:
    """ "divers found a crack", "discuss regional issues": a thing done, unless its words are in marks."""
    if one.cue is None or one.frame not in "nb" or one.place != "pre":
        return False
    if one.frame == "b" and any(
        v.norms[i] in v.lex.words["auxiliaries"] or v.norms[i] in v.lex.gender for i in range(*one.content[0])
    ):
        return False
    if any(v.mark_of[i] >= 0 for first, last in one.content for i in range(first, last)):
        return False
    j = one.cue[0]
    if one.frame == "n" and v.norms[j] in v.lex.words["citing"]:
        first, last = one.content[0]
        return v.capital(first) and last - first <= 6  # "citing Radio Velde" names a source
    if one.subject is not None and any(v.norms[i] in v.lex.words["findings"] for i in range(*one.subject)):
        return False
    return v.norms[j] in v.lex.words["clausal"] or (
        v.cues[j].kind != "show" and v.norms[j - 1] in v.lex.words["infinitive"] and v.norms[j] in v.lex.words["talks"]
    )


def _toll(v: View, one: Found) -> bool:
    """ "claimed the lives of three", "forderte 15 Todesopfer": what a disaster takes, unless a clause follows."""
    words = v.lex.words
    if one.cue is None or v.norms[one.cue[0]] not in words["taking"]:
        return False
    start, last = one.content[0]
    at = next((i for i in range(start, min(last, start + 6)) if v.norms[i] in words["tolls"]), None)
    if at is None or any(v.mark_of[i] >= 0 or v.norms[i] in words["complementisers"] for i in range(start, at + 1)):
        return False
    for i in range(at + 1, last):
        if v.norms[i] in PAUSES or v.norms[i] in words["conjunctions"] or v.norms[i] in words["relatives"]:
            break
        if v.norms[i] in words["auxiliaries"]:
            return False
    return True


def _evidence(v: View, one: Found) -> bool:
    """ "Footage showed that the bridge fell": pictures are no words; somebody's pictures ("images by the agency") are none either."""
    phrase = one.subject
    if phrase is None or one.cue is None or one.frame == "d":
        return False
    head = next((k - 1 for k in range(phrase.first + 1, phrase.last) if _turns(v, k)), phrase.last - 1)
    if any(v.mark_of[i] >= 0 for first, last in one.content for i in range(first, last)):
        return False
    if head > phrase.first and past_form(v, head):
        head -= 1  # "footage captured at the port revealed"
    norm = v.norms[head]
    return norm in v.lex.words["evidence"] or (
        v.lex.v2 and any(norm.endswith(word) for word in v.lex.words["evidence"] if len(word) > 4)
    )


def _turns(v: View, k: int) -> bool:
    """Whether a phrase's head stands before token k: what follows hangs on it."""
    return v.norms[k] in v.lex.words["linking"] or v.norms[k] in v.lex.words["prepositions"]


def _homograph(v: View, one: Found) -> bool:
    """Danish "ved" is "knows" and "by", and a flood "threatens" too: speech only with somebody who can speak. The capital that
    begins a sentence names nobody."""
    if one.cue is None or v.norms[one.cue[0]] not in v.lex.words["homographs"]:
        return False
    phrase = one.subject
    if phrase is None:
        return v.cues[one.cue[0]].kind != "vow"  # its infinitive shows that "threatening to" is a verb
    if pronoun(v, phrase.first):
        return False
    if any(v.norms[i] in v.lex.words["collectives"] for i in range(*phrase)):
        return False
    opens = phrase.last - phrase.first > 1 and phrase.first == v.units[one.unit].first and phrase.first not in v.named
    return not speaks(v, Phrase(phrase.first + opens, phrase.last))


def _inner(v: View, one: Found) -> None:
    """ "X said she told Lee that A": what X said is A, and Lee was told."""
    for at, (first, last) in enumerate(one.content[:1]):
        i = first + (v.norms[first] in v.lex.words["complementisers"])
        if one.place != "pre" or i >= last or not pronoun(v, i) or v.norms[i] not in v.lex.gender:
            return
        j = next((k for k in range(i + 1, min(last, i + 4)) if k in v.cues), None)
        if j is None or v.cues[j].kind not in ("say", "tell"):
            return
        k = next((k for k in range(j + 1, min(last, j + 6)) if v.norms[k] in v.lex.words["complementisers"]), None)
        if k is None or any(v.mark_of[t] >= 0 for t in range(first, k)):
            return
        if k > j + 1 and one.addressee is None:
            one.addressee = Phrase(j + 1, k)
        while k + 1 < last and v.norms[k + 1] in v.lex.words["complementisers"]:
            k += 1
        one.content[at] = (k, last)


def _cut(v: View, one: Found) -> None:
    """ "..., prompting authorities to": without the participle that governs it. Not a verb's past form."""
    phrase = one.subject
    if phrase is None:
        return
    first = phrase.first
    if (
        "ing" in v.lex.openers
        and phrase.last - first > 1
        and v.norms[first].endswith("ing")
        and not v.capital(first)
        and _governs(v, first)
    ):
        one.subject = Phrase(first + 1, phrase.last)
    if phrase.last - first == 1 and _verb_form(v, first):
        before = left(v, first, v.units[one.unit].first)
        one.subject, one.how = (before.phrase, "sentence") if before is not None else (None, "")


def _governs(v: View, i: int) -> bool:
    """Whether the form in -ing at token i is a verb with an object: behind a comma, "after", "by"."""
    return i > 0 and any(
        v.norms[i - 1] in group for group in (PAUSES, v.lex.words["prepositions"], v.lex.words["subordinators"])
    )


def _verb_form(v: View, i: int) -> bool:
    """A lone lower-case past form ("appeared to suggest") is a verb; who speaks stands before it."""
    return "ed" in v.lex.openers and v.norms[i].endswith("ed") and not v.capital(i)


def _mute(v: View, one: Found) -> bool:
    """Whether the phrase cannot speak: a count, a lone verb form, or (before a weak complement) nothing that names people."""
    phrase = one.subject
    if phrase is None or pronoun(v, phrase.first):
        return False
    words = range(phrase.first, phrase.last)
    named = any(
        i in v.named or (v.capital(i) and i != v.units[one.unit].first and not v.lex.capital_nouns) for i in words
    )
    if named or any(v.norms[i] in v.lex.words["heads"] for i in words):
        return False
    head = v.norms[phrase.last - 1]
    if head in v.lex.words["mute"]:
        return True
    return one.frame == "n" and any(v.tokens[i].kind == "number" for i in words)
