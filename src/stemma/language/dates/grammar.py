"""The grammar of date expressions: patterns over the kinds of words, the same for every language.

A language differs in its words (data) and in a few settings (the order of day and month). Of all patterns that match at a
place the longest wins, then the one listed first.
"""

from __future__ import annotations

from typing import NamedTuple

import regex


class Found(NamedTuple):
    """A date expression: its words (half-open range of atoms), its grain and its rule.

    ``link`` says what its value hangs on: "" (nothing, or the report's date), "tense" (the direction is to be read from the
    sentence), "before" (the last date of the text), "clock" (the day of the sentence).
    """

    first: int
    last: int
    grain: str
    rule: str
    link: str = ""
    clock: str = ""


PART = r"(?:(?P<part>P)[\-fd]{0,3})?"
MONTH = r"(?P<m>M|J)(?:(?<=J)\.)?"  # only an abbreviation takes its period along
YEAR = r"(?P<y>Y)"

# (name, pattern). Kinds are those of words.py and lexer.py.
PATTERNS = (
    ("literal", r"(?:[WV],?)?(?P<l>L)"),
    ("short", r"(?:[WV],?[pd]?)?(?P<l>δ)(?!u)"),
    ("day", rf"(?:[WV][.,]?[pd]?)?(?:g[fd]{{0,2}})?(?P<d>[no])\.?[fd]{{0,2}}{MONTH},?[fdj]{{0,3}}{YEAR}\.?j?"),
    ("day", rf"{YEAR}\.?j?,?[f]?{MONTH}(?P<d>[no])(?![n\-])b?"),
    ("day_of_year", r"(?P<x>X)(?P<m>M)(?P<d>n)b"),
    ("dayless", r"(?P<m>M)(?P<d>n)b"),
    ("mdy", rf"(?:[WV][.,]?)?{MONTH}d?(?P<d>[no]),?{YEAR}(?!\-?[n])"),
    ("dayless", rf"(?:[WV][.,]?[pd]?)?(?:g[fd]{{0,2}})?(?P<d>[no])\.?[fd]{{0,2}}{MONTH}(?![ ]*Y)"),
    ("mdyless", rf"(?:[WV][.,]?)?{MONTH}d?(?P<d>[no])(?![\-:/]?[Y%])"),
    ("day_of_year", r"(?P<d>[no])\.?[fd]{0,2}(?P<m>M|J)(?:(?<=J)\.)?,?[fd]{0,2}(?P<r>[RZG])(?P<yy>j)"),
    ("day_of_year", r"(?P<d>[no])\.?[fd]{0,2}(?P<m>M|J)(?:(?<=J)\.)?,?[fd]{0,2}(?P<yy>j)(?P<r>[Gz])"),
    ("day_of_month", r"(?P<d>[no])\.?[fd]{0,2}(?P<r>[RZ])(?P<u>U)"),
    ("bc", r"(?P<first>[nNY])j?(?:[\-ta]d?(?P<second>[nNY])j?)?β\.?"),
    ("bc_century", r"(?P<o>[onr])\.?(?P<u>U)\.?β\.?"),
    ("short_year", r"(?P<y>y)"),
    (
        "first_days",
        r"(?P<d>[no])\.?(?P<join>[\-ta/,]|,?a)[pd]{0,2}(?=(?:[no]\.?(?:[\-ta/,]|,?a)[pd]{0,2}){0,6}[no]\.?[fd]{0,2}[MJ])",
    ),
    ("mdy_span", rf"{MONTH}(?P<d>n)[\-ta](?P<d2>n)(?:,?{YEAR})?"),
    ("day_of_year", rf"(?P<r>[RZX])?(?P<yy>j)(?P<d>[no])\.?{MONTH}"),
    ("glued", r"(?:(?P<y>Y)(?P<j>j))?(?P<mm>n)i(?:(?P<d>n)b)?"),
    ("glued_day", r"(?P<d>n)b"),
    ("month", rf"{PART}{MONTH},?[fdj]{{0,3}}{YEAR}(?!n)\.?j?"),
    ("month", rf"{YEAR}\.?j[fd]{{0,2}}{PART}{MONTH}"),
    ("month_of_year", rf"{PART}{MONTH}[fd]{{0,3}}(?P<r>[RZG])(?P<yy>j)"),
    ("month_of_year", rf"{PART}{MONTH}[fd]{{0,3}}(?P<yy>j)(?P<r>[Gz])"),
    ("month_of_year", rf"(?P<r>[RZG])(?P<yy>j)[fp]?{PART}{MONTH}"),
    ("month_of_year", rf"(?P<x>X)[fp]?{PART}{MONTH}"),
    ("month_of_year", rf"{MONTH}[fd]{{0,2}}(?P<x>X)"),
    ("month_said", rf"{PART}d?(?P<r>[RG])(?P<part>P)?{MONTH}"),
    ("month_said", rf"{PART}{MONTH}(?P<r>G)"),
    ("month_bare", rf"{PART}d?{MONTH}"),
    ("season", rf"{PART}(?P<s>S)[fdj]{{0,4}}(?P<y>[Y])\.?j?"),
    ("season", r"(?P<y>Y)\.?j[fd]{0,2}(?P<s>S)"),
    ("season_of_year", r"(?P<s>S)[fd]{0,2}(?P<r>[RZG])(?P<yy>j)"),
    ("season_of_year", r"(?P<s>S)[fd]{0,2}(?P<yy>j)(?P<r>[Gz])"),
    ("season_of_year", r"(?P<r>[RZG])(?P<yy>j)(?P<s>S)"),
    ("season_of_year", r"(?P<x>X)(?P<s>S)"),
    ("season_said", r"(?P<r>[RG])(?P<s>S)"),
    ("season_said", r"(?P<s>S)(?P<r>G)"),
    ("season_bare", rf"{PART}(?P<s>S)"),
    ("quarter", rf"(?:(?P<q>Q)|(?P<o>[onr])\.?(?P<u>U))[fdp]{{0,3}}j?{YEAR}\.?j?"),
    ("quarter", rf"{YEAR}\.?(?:\-?|j?[fd]{{0,2}})(?:(?P<q>Q)|(?P<o>[onr])\.?(?P<u>U))"),
    ("quarter_of_year", r"(?:(?P<q>Q)|(?P<o>[onr])\.?(?P<u>U))[fd]{0,3}(?P<r>[RZG])(?P<yy>j)"),
    ("quarter_of_year", r"(?:(?P<q>Q)|(?P<o>[onr])\.?(?P<u>U))[fd]{0,3}(?P<yy>j)(?P<r>[Gz])"),
    ("quarter_of_year", r"(?:(?P<q>Q)|(?P<o>[onr])\.?(?P<u>U))[fd]{0,3}(?P<x>X)"),
    ("quarter_bare", r"(?:(?P<q>Q)|(?P<o>[onr])\.?(?P<u>U))"),
    ("decade", rf"{PART}d?(?P<c>C)[\-.']?(?:K|j)?"),
    ("decade", r"(?:P[fd]{0,3})?k[fd']{0,2}(?P<c>[YnC])"),
    ("decade", r"(?:P[fd]{0,3})?(?P<c>[Ync])[\-.']{0,2}K"),
    ("decade_by_year", r"(?:P[fd]{0,3})?(?P<k>[jk])'?(?P<c>[ncy])"),
    ("century", r"(?:P[fd]{0,3})?(?P<o>[onr])\.?(?P<u>U)"),
    ("century", r"(?:P[fd]{0,3})?(?P<u>U)(?P<o>[nr])"),
    ("years", r"(?P<y>Y)(?P<join>[\-/])(?P<second>n)(?![MJibn\-])"),
    ("year", rf"{PART}(?P<mark>j?)[fd]{{0,2}}{YEAR}(?P<mark>\.?j?)"),
    ("unit", r"(?:(?P<part>P)[fd]{0,3})?e?d?(?P<r>[RG])(?P<u>[jU])"),
    ("unit", r"(?:(?P<part>P)[fd]{0,3})?e?d?(?P<u>[jU])(?P<r>G)"),
    ("unit_part", r"(?P<part>P)[fd]{1,3}(?P<u>[jU])"),
    ("unit_bare_part", r"(?P<part>P)(?P<u>[jU])"),
    ("unit_part", r"(?P<u>[jU])(?P<part>P)"),
    ("weekday_said", r"(?P<r>[RG])(?P<w>W)[fd]?g?"),
    ("weekday_said", r"(?P<w>W)[fd]?(?:g[fd]?)?(?P<r>G)"),
    ("weekday_said", r"(?P<x>X)(?P<w>W)g?"),
    ("weekday", r"(?:g[fd]{0,2})?(?P<w>W)[fd]?g?"),
    ("deictic", r"e?(?:P[fd]{0,2})?(?:g[fd]{0,2})?(?P<x>X)[fdp]{0,2}g?"),
    ("tonight", r"(?P<r>R)(?P<g>g)"),
    ("ago", r"(?P<n>[cnN])(?P<u>[jU])A"),
    ("ago", r"B(?P<n>[cnN])(?P<u>[jU])(?:A)?"),
    ("ago", r"(?P<u>[jU])A"),
    ("ahead", r"I(?P<n>[cnN])(?P<u>[jU])"),
    ("later", r"(?P<n>[cnN]|)(?P<u>[jU])(?P<f>F)"),
    ("later", r"(?P<f>F)[fd]{0,2}(?P<n>[cn])(?P<u>[jU])"),
    ("reference", r"(?:(?P<part>P)[fd]{0,3})?(?:g[fd]{0,2})?(?P<z>Z)(?P<u>[jU])g?"),
    ("reference", r"(?:(?P<part>P)[fd]{0,3})?(?:g[fd]{0,2})?(?P<u>[jU])(?P<z>z)"),
    ("holiday", r"(?P<e>E)(?:[fd,]{0,2}(?P<y>Y)\.?j?)?"),
    ("clocks", r"(?:[q@]\.?)?(?P<t>[nTH])(?P<join>[\-ta])[q@]?(?P<t2>[nTH])[umħ]Ω?"),
    ("clock", r"[q]\.?(?P<t>[nTHN])(?P<am>[um])?Ω?"),
    ("clock", r"[tp@q]d?(?P<t>[nTH])ħ"),
    ("clock", r"(?P<t>[TH])ħ"),
    ("clock", r"@?(?P<t>[nTHcN])(?P<am>[um])m?Ω?"),
    ("clock", r"[@](?P<t>T)Ω?"),
    ("clock_of_four", r"[@](?P<t>N)Ω?"),
    ("clock", r"(?P<t>[TN])Ω"),
)
# A run of kinds between other words ("x", which no pattern holds) with one of these, as every pattern has: elsewhere is no date.
CORE = "LδMJCYyWVXSEQUjβibħumΩqkKRT@"
RUN = regex.compile(rf"(?<![^x])[^x{CORE}]*+[{CORE}][^x]*+")
# Parts of a pattern that a match can do without: optional letters, classes and groups, and what must not follow.
OPTIONAL = regex.compile(
    r"\(\?(?:!|<=)[^()]*\)|\(\?P<\w+>\)|(?:\((?:\?:|\?P<\w+>)?[^()]*\)|\[[^\]]*\]|\\?[^()\[\]])(?:\?|\{0,\d\})"
)
NAMES = regex.compile(r"\?P<\w+>")


def needed(pattern: str) -> frozenset[str]:
    """Letters of ``CORE`` of which each match of the pattern holds one: most patterns need not be tried on most runs."""
    bare = pattern
    while (shorter := OPTIONAL.sub("", bare)) != bare:
        bare = shorter
    return frozenset(NAMES.sub("", bare)).intersection(CORE)


COMPILED = tuple((name, regex.compile(pattern), needed(pattern)) for name, pattern in PATTERNS)
