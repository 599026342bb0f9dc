"""States: the fictional ones on which judgement is trained, and the real ones, which are facts.

The names of real States are those of the members and observers of the United Nations, in the short
form of everyday English, with what their people are called where that is another word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Paper, Papers, of_kind, warned
from curriculum.editing.sentences import plain
from curriculum.prose.said import said as _

CHECK = "state"
# As they are written; whatever is near one of these and is none of them is a slip.
FICTIONAL: Final = (
    ("Halvenia", "Halvenian", "Halvenians", "Halven"),
    ("Kestria", "Kestrian", "Kestrians", "Ansel"),
    ("Tavisk", "Druvo"),
    ("Orlund",),
    ("Sarremar", "Sarremari", "Sarremaris", "Quellay"),
    ("Belmora", "Belmoran", "Belmorans", "Dannick"),
    ("Meridian", "Compact"),
)
_FICTIONAL: Final = [name for names in FICTIONAL for name in names]
FICTIONAL_WORDS: Final = re.compile(
    rf"\b(?:{'|'.join(_FICTIONAL[:-2])}|Port Ansel|Meridian Compact|the Compact)\b"
)
_NEAR = 0.8
_CAPITAL = re.compile(r"\b[A-Z][a-zà-ÿ]{4,}\b")

REAL: Final = """
Afghanistan Albania Algeria Andorra Angola Antigua Argentina Armenia Australia Austria Azerbaijan
Bahamas Bahrain Bangladesh Barbados Belarus Belgium Belize Benin Bhutan Bolivia Bosnia Botswana
Brazil Brunei Bulgaria Burkina Burundi Cambodia Cameroon Canada Chad Chile China Colombia Comoros
Congo Croatia Cuba Cyprus Czechia Denmark Djibouti Dominica Ecuador Egypt Eritrea Estonia Eswatini
Ethiopia Fiji Finland France Gabon Gambia Germany Ghana Greece Grenada Guatemala Guinea Guyana Haiti
Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan
Kazakhstan Kenya Kiribati Kuwait Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein
Lithuania Luxembourg Madagascar Malawi Malaysia Maldives Mali Malta Mauritania Mauritius Mexico
Micronesia Moldova Monaco Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nauru Nepal
Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palau Palestine Panama Paraguay Peru
Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Senegal Serbia Seychelles Singapore
Slovakia Slovenia Somalia Spain Sudan Suriname Sweden Switzerland Syria Tajikistan Tanzania Thailand
Togo Tonga Tunisia Turkey Türkiye Turkmenistan Tuvalu Uganda Ukraine Uruguay Uzbekistan Vanuatu
Venezuela Vietnam Yemen Zambia Zimbabwe Britain England Kosovo Taiwan
American British Chinese Danish Dutch Egyptian English Finnish French German Greek Hungarian Indian
Iranian Iraqi Irish Israeli Italian Japanese Korean Norwegian Pakistani Polish Portuguese Romanian
Russian Serbian Spanish Swedish Swiss Syrian Turkish Ukrainian Vietnamese
""".split()  # noqa: SIM905 - a table is read more easily in words
_REAL: Final = re.compile(
    rf"\b(?:{'|'.join(REAL)}|United (?:States|Kingdom|Arab Emirates)|(?:North|South) Korea"
    r"|New Zealand|Saudi Arabia|South Africa|Sri Lanka|Costa Rica|El Salvador|Sierra Leone)\b"
)
# Languages, and names that hold the name of a State, are no States.
_HARMLESS = re.compile(
    r"\b(?:(?i:in)|into|from|speaks?|speaking|reads?|English|French|and|or)"
    r" (?:English|French|German)\b"
    r"|\b(?:English|French|German)(?=[- ](?:text|version|speak|term|word|name|translation))"
)


def real_in_judgements(papers: Papers) -> Iterator[Problem]:
    """A judgement asks about fictional States only: nobody is asked to judge a real one.

    That holds for the text of its case as well.
    """
    judged = set()
    for question in of_kind(papers, Kind.QUESTION):
        if question.facts.get("kind") == "judgement":
            judged.add((question.place.course, question.place.slug))
            asked = [question.body.get("prompt", "")]
            asked += [option["text"] for option in question.body.get("options", ())]
            yield from _real(question, " ".join(asked))
    for case in of_kind(papers, Kind.CASE):
        slugs = case.facts.get("questions", ())
        if any((case.place.course, slug) in judged for slug in slugs):
            yield from _real(case, case.sheet.body)


def _real(paper: Paper, text: str) -> Iterator[Problem]:
    found = _REAL.search(_HARMLESS.sub("", plain(text)))
    if found:
        message = _(
            "A judgement names {state}: ask about a fictional State instead.", state=found[0]
        )
        yield Problem(paper.place.path, paper.sheet.first_line, message)


def misspelt(papers: Papers) -> Iterator[Problem]:
    """A word that is nearly a fictional State, its people or its capital, and is none of them."""
    known: dict[str, str] = {name: "" for name in [*_FICTIONAL, *REAL]}
    for paper in papers:
        if paper.place.kind not in (Kind.GLOSSARY, Kind.SOURCES):
            yield from _misspelt(paper, known)


def _misspelt(paper: Paper, known: dict[str, str]) -> Iterator[Problem]:
    for number, line in enumerate(paper.sheet.body.split("\n"), start=paper.sheet.first_line):
        for word in dict.fromkeys(_CAPITAL.findall(line)):
            if word not in known:
                near = get_close_matches(word, _FICTIONAL, 1, _NEAR)
                known[word] = near[0] if near else ""
            if known[word]:
                message = _(
                    "{word} is nearly {name}, and no fictional State is called so.",
                    word=word,
                    name=known[word],
                )
                yield warned(paper, CHECK, number, message)
