"""The statistics of a cohort's quizzes: figures with their n, what needs a look, and the file."""

import csv
import re
from io import StringIO

import pytest
from django.urls import reverse

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document, Kind, Revision
from tests.factories.training import CohortFactory, StaffingFactory
from tests.tiny_course import publish_tiny_course, put_pre_test, tiny_files
from tests.training.statistics.conftest import classmates, sit
from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.statistics import actions, bands, times
from training.statistics.models import ItemSums, QuizSums
from training.statistics.sums import POINT

__all__ = ["classmates"]


@pytest.fixture
def its_quiz(edition):
    return course_of(edition).modules[0].quiz


@pytest.fixture
def page_of(cohort, its_quiz):
    """The address of a page of the quiz of module 1."""

    def address(name="quiz_statistics", *more):
        return reverse(f"teach:{name}", args=(cohort.key, its_quiz.slug, *more))

    return address


def spread(**bands_):
    """Counts by band: `spread(b2=10, b18=5)`."""
    counts = bands.empty()
    for name, count in bands_.items():
        counts[int(name[1:])] = count
    return counts


def seeded(quiz, slug, *, right, wrong, choices=None):
    """Sums of one question: whether it was right, by the band of the rest of the paper."""
    question = Revision.objects.get(document__slug=slug, document__kind=Kind.QUESTION)
    n = sum(right) + sum(wrong)
    rest = [band * POINT // 4 for band in range(bands.BANDS)]
    t = sum(count * (rest[b] + POINT) for b, count in enumerate(right))
    t += sum(count * rest[b] for b, count in enumerate(wrong))
    tt = sum(count * (rest[b] + POINT) ** 2 for b, count in enumerate(right))
    tt += sum(count * rest[b] ** 2 for b, count in enumerate(wrong))
    times_ = times.empty()
    times_[20] = n
    return ItemSums.objects.create(
        quiz_id=quiz.revision_id,
        question=question,
        n=n,
        possible=n * POINT,
        x=sum(right) * POINT,
        xx=sum(right) * POINT**2,
        t=t,
        tt=tt,
        xt=sum(count * (rest[b] + POINT) for b, count in enumerate(right)) * POINT,
        outcomes={"right": right, "wrong": wrong},
        choices=choices or {"recall": right, "ask": wrong},
        times=times_,
    )


def shown(answer):
    """The questions in their order, with what is said of each."""
    return {line.slug: line for line in answer.context["lines"]}


GOOD = {"right": spread(b15=20, b5=5), "wrong": spread(b15=5, b5=20)}
NEGATIVE = {"right": spread(b5=20, b15=5), "wrong": spread(b5=5, b15=20)}


def test_what_needs_a_look_comes_first_and_says_why(signed_in, ines, its_quiz, page_of):
    seeded(its_quiz, "consent-1", **GOOD)
    seeded(its_quiz, "consent-2", **NEGATIVE)
    seeded(its_quiz, "consent-3", right=spread(b5=20, b15=29), wrong=spread(b5=1))
    seeded(its_quiz, "consent-4", right=spread(b15=4), wrong=spread(b5=20, b15=26))
    answer = signed_in(ines).get(page_of())
    lines = shown(answer)
    assert [*lines][0] == "consent-2"
    assert [*lines][-1] == "consent-1"
    assert [flag.value for flag in lines["consent-2"].flags] == ["negative", "distractor"]
    assert [flag.value for flag in lines["consent-3"].flags] == ["easy"]
    assert [flag.value for flag in lines["consent-4"].flags] == ["distractor", "hard"]
    assert lines["consent-1"].flags == ()
    text = answer.content.decode()
    assert "More of the best third chose “Ask Kestria for its reasons.” than the key" in text
    assert "Nothing stands out." in text


def test_below_thirty_nothing_is_judged(signed_in, ines, its_quiz, page_of):
    seeded(its_quiz, "consent-1", right=spread(b5=9), wrong=spread(b15=20))
    answer = signed_in(ines).get(page_of())
    assert shown(answer)["consent-1"].flags == ()
    text = answer.content.decode()
    assert "Too few to judge (n = 29)." in text
    assert "tag-attention" not in text
    seeded(its_quiz, "consent-2", right=spread(b5=10), wrong=spread(b15=20))
    assert shown(signed_in(ines).get(page_of()))["consent-2"].flags


def test_every_figure_of_a_quiz_has_its_interval(signed_in, ines, its_quiz, page_of):
    scores = spread(b8=10, b12=10, b16=10)
    t, tt = (sum(n * (b * POINT // 2) ** power for b, n in enumerate(scores)) for power in (1, 2))
    QuizSums.objects.create(
        quiz_id=its_quiz.revision_id,
        n=30,
        passed=10,
        asked=300,
        possible=300 * POINT,
        t=t,
        tt=tt,
        xx=t * POINT,
        scores=scores,
    )
    facts = dict(signed_in(ines).get(page_of()).context["figures"].facts)
    # 10 of 30 at 40, 60 and 80 per cent: variance 8,000 / 29, kurtosis 1.5.
    assert (facts["Standard deviation"].value, facts["Standard deviation"].interval) == (
        "16.6 %",
        "14.8 to 20.0",
    )
    assert [name for name, one in facts.items() if not one.interval] == []


def test_nothing_is_said_of_passing_where_nobody_passes(signed_in, ines):
    edition = publish_tiny_course(files=put_pre_test(tiny_files()))
    cohort = CohortFactory(edition=edition)
    StaffingFactory(cohort=cohort, person=ines)
    course = course_of(edition)
    for quiz in (course.modules[0].quiz, *course.own_quizzes):
        sums = {"n": 4, "passed": 3, "asked": 8, "possible": 8 * POINT, "t": 6 * POINT}
        QuizSums.objects.create(quiz_id=quiz.revision_id, tt=40 * POINT**2, xx=POINT**2, **sums)
    page = signed_in(ines).get(reverse("teach:statistics", args=[cohort.key])).content.decode()
    assert page.count("Reliability (phi)") == 2
    marks = re.findall(r"Passed at (\d+)", page)
    assert marks
    assert "0" not in marks


def test_a_look_counts_what_was_just_handed_in(signed_in, ines, enrolment, noon, page_of):
    browser = signed_in(ines)
    assert "Nobody has handed in" in browser.get(page_of()).content.decode()
    sit(enrolment, noon, right=3)
    text = browser.get(page_of()).content.decode()
    assert "n = 1 first attempt," in text
    assert "Too few to judge (n = 1)." in text
    assert Attempt.objects.filter(counted_at__isnull=False).count() == 1


def test_the_page_of_a_question_shows_answers_by_thirds(signed_in, ines, its_quiz, page_of):
    row = seeded(its_quiz, "consent-2", **NEGATIVE)
    url = page_of("question_statistics", row.question.document.key, 1)
    answer = signed_in(ines).get(url)
    page = answer.context["page"]
    assert [(group.label, group.count) for group in page.sizes] == [
        ("Weakest third", 25), ("Middle third", 0), ("Best third", 25),
    ]  # fmt: skip
    found = {chosen.text: chosen for chosen in page.chosen}
    key = next(one for text, one in found.items() if "Recall" in text)
    assert key.right is True
    assert [group.percent for group in key.thirds] == [80, None, 20]
    assert (key.everybody.count, key.everybody.percent) == (25, 50)
    # Wilson, by hand for 20 of 25: (0.8 + 0.0768) / 1.1537 ± 1.96 sqrt(0.0064 + 0.0015) / 1.1537.
    assert [group.interval for group in key.thirds] == ["61 to 91", "", "9 to 39"]
    assert key.everybody.interval == "37 to 63"
    text = answer.content.decode()
    assert "(20; 61 to 91)" in text
    assert '<meter min="0" max="100" value="80"' in text
    assert "persona non grata (2)" in text
    assert [one.everybody.count for one in page.outcomes] == [25, 0, 25, 0]


@pytest.mark.parametrize("slug", ["kind-matching", "kind-ordering", "kind-cloze", "kind-multiple"])
def test_every_kind_of_question_has_a_page(signed_in, ines, edition, page_of, its_quiz, slug):
    question = Document.objects.get(slug=slug)
    seeded(its_quiz, slug, right=spread(b15=20), wrong=spread(b5=15), choices={})
    answer = signed_in(ines).get(page_of("question_statistics", question.key, 1))
    assert answer.status_code == 200
    assert answer.context["page"].outcomes[0].everybody.count == 20


def test_a_question_that_was_not_asked_has_no_page(signed_in, ines, its_quiz, page_of):
    row = seeded(its_quiz, "consent-1", **GOOD)
    browser = signed_in(ines)
    key = row.question.document.key
    assert browser.get(page_of("question_statistics", key, 1)).status_code == 200
    assert browser.get(page_of("question_statistics", key, 2)).status_code == 404
    assert browser.get(page_of("question_statistics", its_quiz.key, 1)).status_code == 404
    cohort = browser.get(page_of()).context["cohort"]
    other = reverse("teach:quiz_statistics", args=(cohort.key, "no-such-quiz"))
    assert browser.get(other).status_code == 404


def test_all_papers_alike_give_alpha_and_drawn_ones_phi(
    signed_in, ines, classmates, its_quiz, page_of, noon
):
    for number, one in enumerate(classmates(6)):
        sit(one, noon, right=number)
    browser = signed_in(ines)
    assert "Reliability (alpha)" in browser.get(page_of()).content.decode()
    figures = browser.get(page_of()).context["figures"]
    assert figures.mean.value == pytest.approx(100 * 15 / 36)
    assert figures.passed.value == pytest.approx(100 / 6)
    assert 0.5 < figures.consistency.value <= 1
    ItemSums.objects.filter(pk=ItemSums.objects.order_by("pk").first().pk).update(n=5)
    assert "Reliability (phi)" in browser.get(page_of()).content.decode()


def test_the_pages_cost_the_same_for_one_question_and_for_thirty(
    signed_in, ines, its_quiz, page_of, cohort, queries, edition
):
    browser = signed_in(ines)
    first = seeded(its_quiz, "consent-1", **GOOD)
    QuizSums.objects.create(quiz_id=its_quiz.revision_id, n=50, scores=bands.empty())
    overview = reverse("teach:statistics", args=(cohort.key,))
    item = page_of("question_statistics", first.question.document.key, 1)
    pages = [page_of(), overview, item]
    one = [queries(browser, page) for page in pages]
    _thirty(first)
    answer = browser.get(page_of())
    assert len(answer.context["lines"]) == 30
    assert [queries(browser, page) for page in pages] == one
    # Two are the session and the person; ten million answers are the same rows as ten thousand.
    assert one == [6, 6, 5]
    assert len(answer.content) <= 25_000


def _thirty(first):
    question = first.question
    for number in range(2, 31):
        revision = Revision(
            document=question.document, number=number, text="", digest=str(number),
            facts=question.facts, body=question.body, byline="", created_at=question.created_at,
        )  # fmt: skip
        revision.save()
        first.pk, first.question = None, revision
        first._state.adding = True
        first.save()


def export(browser, url):
    answer = browser.get(url)
    raw = b"".join(answer.streaming_content).decode("utf-8-sig")
    return answer, list(csv.DictReader(StringIO(raw, newline="")))


def test_the_figures_of_the_file_follow_from_its_sums(signed_in, ines, classmates, page_of, noon):
    for number, one in enumerate(classmates(7)):
        sit(one, noon, right=number)
    answer, lines = export(signed_in(ines), page_of("statistics_csv"))
    assert re.search(r'filename="quiz-first-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])
    assert len(lines) == 6
    for line in lines:
        n = int(line["n"])
        x, t, xx, tt, xt = (float(line[name]) for name in ("Σx", "Σt", "Σx²", "Σt²", "Σxt"))
        assert float(line["Facility"]) == pytest.approx(
            x / float(line["Points possible"]), abs=1e-4
        )
        y, yy, xy = t - x, tt - 2 * xt + xx, xt - xx
        below = ((n * xx - x * x) * (n * yy - y * y)) ** 0.5
        if line["Discrimination"]:
            assert float(line["Discrimination"]) == pytest.approx(
                (n * xy - x * y) / below, abs=1e-4
            )
    entry = AuditEntry.objects.get(verb="exported")
    assert (entry.object_kind, entry.actor_name) == ("quiz", "Maj Ines Instructor")


def test_no_cell_of_the_file_is_a_formula(signed_in, ines, its_quiz, page_of):
    row = seeded(its_quiz, "consent-1", **GOOD)
    body = row.question.body | {"prompt": "=1+1", "prompt_html": "<p>=1+1</p>"}
    revision = Revision(
        document=row.question.document, number=2, text="", digest="formula", body=body,
        facts=row.question.facts, byline="", created_at=row.question.created_at,
    )  # fmt: skip
    revision.save()
    ItemSums.objects.filter(pk=row.pk).update(question=revision)
    _answer, (line,) = export(signed_in(ines), page_of("statistics_csv"))
    assert line["Words"] == "'=1+1"


def test_the_words_of_a_question_are_text_and_never_html(signed_in, ines, its_quiz, page_of):
    row = seeded(its_quiz, "consent-1", **NEGATIVE)

    body = row.question.body | {"prompt_html": "&lt;script&gt;alert(1)&lt;/script&gt; &quot;&gt;"}
    options = [one | {"text_html": "&lt;b&gt;" + one["text"]} for one in body["options"]]
    revision = Revision(
        document=row.question.document,
        number=2,
        text="",
        digest="2",
        body=body | {"options": options},
        facts=row.question.facts,
        byline="",
        created_at=row.question.created_at,
    )
    revision.save()
    ItemSums.objects.filter(pk=row.pk).update(question=revision)
    text = signed_in(ines).get(page_of()).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "&lt;b&gt;Ask Kestria" in text


def test_a_page_says_when_more_waits_than_one_look_counts(
    signed_in, ines, classmates, noon, page_of, monkeypatch
):
    for one in classmates(3):
        sit(one, noon, right=2)
    browser = signed_in(ines)
    monkeypatch.setattr(actions, "A_LOOK", 2)
    monkeypatch.setitem(actions.catch_up.__kwdefaults__, "most", 2)
    first, second = (browser.get(page_of()).content.decode() for _look in range(2))
    assert "Not everything is counted yet." in first
    assert "n = 2 first attempts," in first
    assert "Not everything is counted yet." not in second
    assert "n = 3 first attempts," in second


def test_no_name_is_shown(signed_in, ines, enrolment, noon, page_of):
    sit(enrolment, noon, right=3)
    browser = signed_in(ines)
    text = browser.get(page_of()).content.decode()
    assert "Thea" not in text
    item = page_of() + browser.get(page_of()).context["lines"][0].url
    answer = browser.get(item)
    assert answer.status_code == 200
    assert "Thea" not in answer.content.decode()


def test_another_instructor_of_the_course_reads_the_same_figures_in_their_own_cohort(
    signed_in, ines, otto, other_cohort, enrolment, noon, its_quiz, page_of
):
    sit(enrolment, noon, right=3)
    assert signed_in(otto).get(page_of()).status_code == 404
    own = reverse("teach:quiz_statistics", args=(other_cohort.key, its_quiz.slug))
    assert "n = 1 first attempt," in signed_in(otto).get(own).content.decode()
