"""A line of statistics is put together once for the same sums, and anew for others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from curriculum.documents.models import Kind, Revision
from tests.factories.training import ItemSumsFactory
from tests.marking import several_languages
from training.statements.kept import Kept
from training.statistics import bands, lines
from training.statistics.models import ItemSums


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(lines, "KEPT", Kept(3))


@pytest.fixture
def sums(quiz):
    asked = Revision.objects.filter(document__kind=Kind.QUESTION, facts__kind="single").first()
    return ItemSumsFactory(question=asked, quiz=Revision.objects.get(pk=quiz))


def statements(quiz):
    with CaptureQueriesContext(connection) as found:
        shown = lines.item_lines(quiz)
    return len(found), shown


def test_the_second_look_reads_no_question_and_shows_the_same(sums):
    first, shown = statements(sums.quiz_id)
    again, same = statements(sums.quiz_id)
    assert (first, again) == (2, 1)
    assert same == shown
    (line,) = shown
    assert line.row.startswith("<tr><th scope=row>")
    fresh = lines.line_of(sums.question, lines.totals_of(ItemSums.objects.get()))
    assert line == fresh


@pytest.mark.parametrize("name", [*lines.COLUMNS, *lines.LARGE])
def test_whatever_sum_changes_the_line_follows(sums, name):
    statements(sums.quiz_id)
    row = ItemSums.objects.get()
    value = getattr(row, name)
    if isinstance(value, int):
        changed = value + 1 if name != "omitted" else max(0, value - 1)
    elif isinstance(value, list):
        changed = [one + 1 for one in value]
    else:
        changed = {"right": [number % 2 for number in range(bands.BANDS)]}
    ItemSums.objects.update(**{name: changed})
    _count, (line,) = statements(sums.quiz_id)
    assert line == lines.line_of(row.question, lines.totals_of(ItemSums.objects.get()))


def test_each_language_has_lines_of_its_own(sums):
    statements(sums.quiz_id)
    with several_languages(), translation.override("fr"):
        assert statements(sums.quiz_id)[0] == 2


def test_what_was_not_looked_at_for_longest_is_dropped():
    kept = Kept(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]
