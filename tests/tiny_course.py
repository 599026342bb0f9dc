"""A small published course for tests: two modules, three lessons, every kind of question."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

from curriculum.documents.models import Edition
from curriculum.publishing.actions import Note, publish
from curriculum.publishing.checking import check

PUBLISHED_AT = datetime(2026, 9, 1, 8, tzinfo=UTC)

SOURCES = """vcdr:
  title: Vienna Convention on Diplomatic Relations
  detail: Vienna, 18 April 1961, 500 UNTS 95
  status: binding
  unit: art.
  checked: 2026-09-01
"""

GLOSSARY = """agrement:
  term: agrément
  french: agrément
  definition: The receiving State's consent, given beforehand, to a named head of mission.
  source: vcdr 4
attache:
  term: attaché
  definition: An officer accredited to a mission for military affairs.
  see: [agrement]
"""

COURSE = """title: Tiny course
summary: A course for tests.
---
A course for tests.
"""

MODULE = """title: {title}
summary: A module for tests.{after}
---
A module for tests.
"""

LESSON = """title: {title}
minutes: 10
checked: 2026-09-01
objectives:
  - id: {slug}-recall
    text: Recall what {title} says.
    level: recall
  - id: {slug}-apply
    text: Apply what {title} says.
    level: application
sources: [vcdr]
---
## First heading

The receiving State gives its [[term: agrément]] first.[^vcdr-4]

{check}

> [!RULE] Consent comes first
> No head of mission is sent without it.[^vcdr-4.1]

## Second heading

A second paragraph, so that there is a place to stop.

A third paragraph.
"""

QUIZ = """title: Quiz of {module}
pass: 70
minutes: 20
attempts: 3
wait: 1 h
counts: best
draw:
  - {{count: {count}}}
---
Answer every question.
"""

QUESTION = """kind: {kind}
objective: {objective}
level: {level}
source: vcdr 9{extra}
---
{body}"""

SINGLE = """Kestria declares your attaché persona non grata ({number}). What must Halvenia do?

- [ ] Ask Kestria for its reasons. {{#ask}}
  > FEEDBACK: The receiving State need not explain its decision.
- [x] Recall the attaché or end their functions. {{#recall}}
  > FEEDBACK: If it refuses, Kestria may refuse to recognise the attaché.
- [ ] Expel one of Kestria's attachés. {{#expel}}
  > FEEDBACK: Nothing obliges it to.

> EXPLANATION: The Convention leaves the choice to the sending State.
"""

KINDS = {
    "multiple": """Which of these may the receiving State do without giving a reason?

- [x] Refuse its agrément. {#refuse}
  > FEEDBACK: Yes.
- [x] Declare somebody persona non grata. {#png}
  > FEEDBACK: Yes.
- [ ] Enter the mission. {#enter}
  > FEEDBACK: No, the premises are inviolable.
""",
    "true_false": """The receiving State must give reasons for refusing its agrément.

- [ ] True {#true}
  > FEEDBACK: It need not.
- [x] False {#false}
  > FEEDBACK: Right.
""",
    "ordering": """Put the steps in order.

1. Ask for the agrément. {#ask}
  > FEEDBACK: First.
2. Receive the agrément. {#receive}
  > FEEDBACK: Second.
3. Send the head of mission. {#send}
  > FEEDBACK: Third.
""",
    "matching": """Match the article to its subject.

- Article 4 {#a4} :: agrément {#consent}
  > FEEDBACK: Article 4 is on consent.
- Article 9 {#a9} :: persona non grata {#png}
  > FEEDBACK: Article 9 is on that.
- :: the diplomatic bag {#bag}
""",
    "numeric": """In which year was the Convention signed?

= 1961 ± 0
  > FEEDBACK: On 18 April 1961.
~ 1961 ± 2
""",
    "short": """What is the consent to a head of mission called?

= agrément | agrement
  > FEEDBACK: The term is French in English texts too.
""",
    "judgement": """The counterpart asks for the exercise schedule. What do you do first?

- [0.29] Hand over the public calendar. {#calendar}
  > FEEDBACK: Harmless, and it shows goodwill.
- [0.71] Ask your head of mission. {#ask}
  > FEEDBACK: The safe course.
- [0] Say nothing. {#nothing}
  > FEEDBACK: It closes a door.

> EXPLANATION: The panel was asked in September.
""",
    "cloze": """The {{sending #b1}} State asks the {{receiving #b2}} State.

- {#b1}
  > FEEDBACK: It sends.
- {#b2}
  > FEEDBACK: It receives.
""",
}

WRITTEN = """Explain in your own words why no reasons need be given.

- Names the rule. {#rule} :: 0 LEVEL not named | 1 LEVEL named | 2 LEVEL named with its article
  > FEEDBACK: Article 9 says without having to explain its decision.
- Gives a reason for it. {#reason} :: 0 LEVEL none | 2 LEVEL one that holds
  > FEEDBACK: Reasons would invite argument.

> EXPLANATION: Under article 9 the receiving State need not explain itself, so that consent is free.
"""
KINDS["written"] = WRITTEN

EXTRA = {
    "multiple": "\ncredit: partial",
    "judgement": "\npanel: 7",
    "written": "\nwords: 20 to 60\nsecond_marker: 20%",
}


def tiny_files(singles: int = 6) -> dict[str, str]:
    """The files of the course by path. `singles` single-choice questions stand in each bank."""
    files = {"sources.yaml": SOURCES, "glossary.yaml": GLOSSARY}
    put(files, "tiny/course.md", COURSE)
    lessons = {"01-first": ("consent", "refusal"), "02-second": ("recall",)}
    for number, (folder, slugs) in enumerate(lessons.items(), start=1):
        title = folder.split("-")[1]
        after = "" if number == 1 else "\nafter: [first]"
        put(files, f"tiny/{folder}/module.md", MODULE.format(title=f"The {title}", after=after))
        for place, slug in enumerate(slugs, start=1):
            text = LESSON.format(
                title=slug.capitalize(), slug=slug, check=f"[[check: {slug}-check]]"
            )
            put(files, f"tiny/{folder}/0{place}-{slug}.md", text)
            _single(files, folder, f"{slug}-check", slug, "recall", 0)
        for at in range(1, singles + 1):
            level = "recall" if at % 2 else "apply"
            _single(files, folder, f"{slugs[0]}-{at}", slugs[0], level, at)
        count = min(singles, 2) if number == 2 else singles
        put(files, f"tiny/{folder}/quiz-{title}.quiz.md", QUIZ.format(module=title, count=count))
    for kind, body in KINDS.items():
        text = QUESTION.format(
            kind=kind,
            objective="refusal-recall",
            level="recall",
            extra=EXTRA.get(kind, ""),
            body=body,
        )
        put(files, f"tiny/01-first/questions/kind-{kind.replace('_', '-')}.md", text)
    return files


def _single(
    files: dict[str, str], folder: str, name: str, slug: str, level: str, number: int
) -> None:
    text = QUESTION.format(
        kind="single",
        objective=f"{slug}-{level}",
        level="application" if level == "apply" else "recall",
        extra="",
        body=SINGLE.format(number=number),
    )
    put(files, f"tiny/{folder}/questions/{name}.md", text)


def put(files: dict[str, str], path: str, text: str) -> None:
    """Add a file; its id follows from its path, so that two runs make the same course."""
    files[path] = f"---\nid: {uuid.uuid5(uuid.NAMESPACE_URL, path)}\n{text}"


def put_rules(files: dict[str, str], lines: str, count: int = 0) -> None:
    """Put these lines into the file of the quiz of module 1; `count` asks so many questions."""
    path = "tiny/01-first/quiz-first.quiz.md"
    text = files[path].replace("counts: best\n", f"counts: best\n{lines}")
    files[path] = re.sub(r"count: \d+", f"count: {count}", text) if count else text


def publish_tiny_course(singles: int = 6, files: dict[str, str] | None = None) -> Edition:
    """Publish the course and return its newest edition."""
    checked = check(files or tiny_files(singles))
    publish(checked, Note("Tests"), at=PUBLISHED_AT)
    return Edition.objects.filter(course__slug="tiny").latest("number")


CASE = """title: {title}
questions: [{questions}]
---
At 0640 the duty officer of Halvenia rings: *{title}*.

The note says CASETEXT and nothing more.
"""


def put_case(files: dict[str, str], name: str, questions: list[str], title: str = "") -> None:
    """Add a case to module 1 of the tiny course, with these of its questions."""
    text = CASE.format(title=title or name.capitalize(), questions=", ".join(questions))
    put(files, f"tiny/01-first/cases/{name}.md", text)


PRE_TEST = """title: Pre-test
purpose: pre-test
minutes: 20{rules}
draw:
  - {{objective: consent-recall, count: 2}}
  - {{objective: consent-apply, count: 2}}
  - {{objective: refusal-recall, count: 2}}
  - {{objective: recall-recall, count: 1}}
---
What you show here you need not read.
"""


def put_pre_test(files: dict[str, str], rules: str = "") -> dict[str, str]:
    """Add a pre-test: two questions an objective of lessons 1.1 and 1.2, one alone on 2.1."""
    put(files, "tiny/pre-test.quiz.md", PRE_TEST.format(rules=rules))
    return files


FINAL = """title: Final test
purpose: final
pass: 60
pass_each_module: 50{rules}
draw:
  - {{module: first, level: recall, count: 2}}
  - {{module: first, level: application, count: 1}}
  - {{module: second, count: 2}}
---
Both modules are asked.
"""


def put_final(files: dict[str, str], rules: str = "") -> dict[str, str]:
    """Add a final test: three questions of module 1, two of module 2, half of each to pass."""
    put(files, "tiny/final.quiz.md", FINAL.format(rules=rules))
    return files
