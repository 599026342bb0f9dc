"""The one door through which text enters: all or nothing, repeatable, and never over the old."""

import uuid

import pytest

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document, Edition, Entry, Revision
from curriculum.publishing import actions
from curriculum.publishing.actions import Note, NotPublishable, publish
from curriculum.publishing.checking import check
from tests.factories import NOON
from tests.tiny_course import QUIZ, put, tiny_files

LESSON = "tiny/01-first/01-consent.md"
OTHER = "tiny/01-first/02-refusal.md"
QUESTION = "tiny/01-first/questions/kind-numeric.md"
NOTE = Note("Aude Auteur", "Because.", "editorial")


def put_out(files, note=NOTE):
    return publish(check(files), note, at=NOON)


def counts():
    return [model.objects.count() for model in (Document, Revision, Edition, Entry)]


def documents():
    return list(Document.objects.order_by("key").values_list("key", "path", "slug", "state"))


def with_id(text, key):
    return "\n".join(["---", f"id: {key}", *text.split("\n")[2:]])


@pytest.fixture
def published(db):
    put_out(tiny_files())
    return Edition.objects.get()


def test_a_first_publication_makes_a_revision_of_every_file_and_one_edition(db):
    files = tiny_files()
    result = put_out(files)
    assert sorted(result.added) == sorted(files)
    assert (result.changed, result.retired, result.unchanged) == ([], [], 0)
    assert counts() == [len(files), len(files), 1, len(files)]
    edition = Edition.objects.get()
    assert (edition.number, edition.byline, edition.note) == (1, "Aude Auteur", "Because.")
    assert edition.published_at == NOON
    assert {entry.path: entry.revision.text for entry in edition.entries.all()} == files


def test_documents_stand_under_their_module_and_course(published):
    lesson = Document.objects.get(path=LESSON)
    assert (lesson.kind, lesson.position, lesson.slug) == ("lesson", 1, "consent")
    assert lesson.parent.path == "tiny/01-first/module.md"
    assert lesson.course.path == "tiny/course.md"
    assert lesson.parent.parent == lesson.course
    assert lesson.state == Document.State.PUBLISHED


def test_the_same_files_again_change_nothing(published):
    before, rows = counts(), documents()
    result = put_out(tiny_files(), Note("Somebody else"))
    assert (result.added, result.changed, result.retired, result.editions) == ([], [], [], [])
    assert result.unchanged == len(tiny_files())
    assert (counts(), documents()) == (before, rows)


def test_the_same_words_with_other_line_ends_change_nothing(published):
    before = counts()
    put_out({path: text.replace("\n", "\r\n") for path, text in tiny_files().items()})
    assert counts() == before


def test_one_changed_file_gives_one_revision_and_one_edition(published):
    before = counts()
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("A third", "Another third")
    result = put_out(files)
    assert (result.added, result.changed, result.retired) == ([], [LESSON], [])
    assert counts()[:3] == [before[0], before[1] + 1, before[2] + 1]
    revision = Revision.objects.get(document__path=LESSON, number=2)
    assert (revision.byline, revision.note, revision.change) == NOTE_FIELDS
    assert revision.objectives == ["consent-recall", "consent-apply"]
    assert Edition.objects.latest("number").number == 2


NOTE_FIELDS = ("Aude Auteur", "Because.", "editorial")


def test_a_text_that_comes_back_is_a_new_revision_with_the_old_words(published):
    files = tiny_files()
    changed = files | {LESSON: files[LESSON].replace("A third", "Another third")}
    put_out(changed)
    put_out(files)
    texts = Revision.objects.filter(document__path=LESSON).order_by("number")
    assert [one.text for one in texts] == [files[LESSON], changed[LESSON], files[LESSON]]
    assert Edition.objects.get(number=3).digest == Edition.objects.get(number=1).digest


def test_an_edition_that_is_out_stays_as_it_was(published):
    entries = list(published.entries.order_by("position").values())
    before = course_of(published)
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("title: Consent", "title: Assent")
    files["tiny/01-first/03-refusal.md"] = files.pop(OTHER)
    del files[QUESTION]
    put_out(files)
    assert list(published.entries.order_by("position").values()) == entries
    assert course_of(published) is before
    assert before.lessons["consent"].title == "Consent"


def test_a_file_that_is_gone_is_retired_and_its_revisions_stay(published):
    files = tiny_files()
    del files[QUESTION]
    assert put_out(files).retired == [QUESTION]
    gone = Document.objects.get(path=QUESTION)
    assert gone.state == Document.State.RETIRED
    assert gone.revisions.count() == 1
    assert not Edition.objects.get(number=2).entries.filter(document=gone).exists()


def test_a_retired_file_comes_back_as_the_same_document(published):
    files = tiny_files()
    less = {path: text for path, text in files.items() if path != QUESTION}
    put_out(less)
    put_out(files)
    back = Document.objects.get(path=QUESTION)
    assert back.state == Document.State.PUBLISHED
    assert back.revisions.count() == 1


def test_a_file_with_a_new_id_takes_the_place_of_the_one_that_is_gone(published):
    files = tiny_files()
    fresh = uuid.uuid4()
    files[QUESTION] = with_id(files[QUESTION], fresh)
    result = put_out(files)
    assert (result.added, result.retired) == ([QUESTION], [QUESTION])
    assert Document.objects.living().get(path=QUESTION).key == fresh
    assert Document.objects.filter(path=QUESTION).count() == 2


def test_a_moved_file_is_the_same_document_elsewhere(published):
    key = Document.objects.get(path=LESSON).key
    files = tiny_files()
    files["tiny/01-first/05-assent.md"] = files.pop(LESSON)
    result = put_out(files)
    assert (result.added, result.changed, result.retired) == ([], [], [])
    moved = Document.objects.get(key=key)
    assert (moved.path, moved.slug, moved.position) == (
        "tiny/01-first/05-assent.md",
        "assent",
        5,
    )
    assert [edition.number for edition in result.editions] == [2]
    assert list(course_of(result.editions[0]).lessons) == ["refusal", "assent", "recall"]


def test_two_files_may_swap_their_names(published):
    files = tiny_files()
    keys = {path: Document.objects.get(path=path).key for path in (LESSON, OTHER)}
    files[LESSON], files[OTHER] = files[OTHER], files[LESSON]
    put_out(files)
    assert Document.objects.get(path=LESSON).key == keys[OTHER]
    assert Document.objects.get(path=OTHER).key == keys[LESSON]


def test_three_files_may_pass_their_names_round_while_one_is_dropped(published):
    files = tiny_files()
    names = [f"tiny/01-first/questions/consent-{at}.md" for at in (1, 3, 5)]
    texts = [files[name] for name in names]
    del files[names[2]]
    files[names[0]], files[names[1]] = texts[1], texts[2]
    result = put_out(files)
    assert len(result.retired) == 1
    assert Document.objects.living().filter(path__in=names).count() == 2


def test_a_course_may_be_renamed_and_keeps_its_editions(published):
    files = {path.replace("tiny/", "small/"): text for path, text in tiny_files().items()}
    (edition,) = put_out(files).editions
    assert (edition.number, edition.course) == (2, published.course)
    assert Document.objects.courses().get().slug == "small"
    assert not Document.objects.living().filter(path__startswith="tiny/").exists()


def test_an_id_of_another_kind_is_refused_with_file_and_line(published):
    files = tiny_files()
    key = Document.objects.get(path=QUESTION).key
    del files[QUESTION]
    files[OTHER] = with_id(files[OTHER], key)
    rows = documents()
    with pytest.raises(NotPublishable) as refused:
        put_out(files)
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == (OTHER, 2)
    assert "that of a question" in problem.message
    assert documents() == rows


def twin_files():
    files = tiny_files()
    for path, text in tiny_files().items():
        if path.startswith("tiny/"):
            put(files, path.replace("tiny/", "twin/"), text.split("\n", 2)[2])
    return files


def only(files, course):
    return {
        path: text for path, text in files.items() if path.startswith(course) or "/" not in path
    }


def test_an_id_of_another_course_is_refused_unless_that_course_comes_too(db):
    put_out(twin_files())
    files = twin_files()
    stolen = files["tiny/01-first/questions/consent-6.md"].split("\n")[1].removeprefix("id: ")
    del files["tiny/01-first/questions/consent-6.md"]
    path = "twin/01-first/questions/consent-6.md"
    files[path] = with_id(files[path], stolen)
    alone = only(files, "twin")
    with pytest.raises(NotPublishable) as refused:
        put_out(alone)
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == (path, 2)
    assert "in another course" in problem.message
    files["tiny/01-first/quiz-first.quiz.md"] = files["tiny/01-first/quiz-first.quiz.md"].replace(
        "count: 6", "count: 5"
    )
    assert len(put_out(files).editions) == 2
    assert Document.objects.get(key=stolen).course.slug == "twin"


def test_a_course_that_changes_its_id_is_refused(published):
    files = tiny_files()
    files["tiny/course.md"] = with_id(files["tiny/course.md"], uuid.uuid4())
    with pytest.raises(NotPublishable) as refused:
        put_out(files)
    assert ("tiny/course.md", 2) in {(one.path, one.line) for one in refused.value.problems}


def test_a_course_that_is_not_among_the_files_is_left_alone(db):
    put_out(twin_files())
    files = only(twin_files(), "twin")
    files[LESSON.replace("tiny", "twin")] = files[LESSON.replace("tiny", "twin")].replace(
        "A third", "Another third"
    )
    (edition,) = put_out(files).editions
    assert edition.course.slug == "twin"
    assert (
        Document.objects.living().filter(path__startswith="tiny/").count()
        == len(only(tiny_files(), "tiny/")) - 2
    )


def test_any_error_keeps_everything_out(published):
    before, rows = counts(), documents()
    files = tiny_files()
    files[LESSON] = files[LESSON].replace("A third", "Another third")
    files[QUESTION] = "nothing"
    with pytest.raises(NotPublishable) as refused:
        put_out(files)
    assert [one.path for one in refused.value.problems] == [QUESTION]
    assert (counts(), documents()) == (before, rows)


@pytest.mark.parametrize("where", ["_documents", "_revisions", "_edition"])
def test_an_interruption_at_any_step_leaves_nothing_behind(published, monkeypatch, where):
    before, rows = counts(), documents()
    step = getattr(actions, where)

    def interrupted(*args, **kwargs):
        step(*args, **kwargs)
        raise KeyboardInterrupt

    files = tiny_files()
    files[LESSON] = files[LESSON].replace("A third", "Another third")
    del files[QUESTION]
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(actions, where, interrupted)
        put_out(files)
    assert (counts(), documents()) == (before, rows)
    assert put_out(files).changed == [LESSON]


def test_questions_of_an_edition_carry_what_a_quiz_needs(published):
    course = course_of(published)
    question = course.questions["kind-multiple"]
    assert question.facts["objective"] == "refusal-recall"
    body = course.body(question.revision_id)
    assert body["sources"][0]["title"] == "Vienna Convention on Diplomatic Relations"
    assert "<p>" in body["prompt_html"]


def test_a_quiz_may_be_added_to_a_course_that_is_out(published):
    files = tiny_files()
    path = "tiny/02-second/quiz-second.quiz.md"
    put(files, path, QUIZ.format(module="second", count=1))
    assert put_out(files).changed == [path]
    assert (
        course_of(Edition.objects.get(number=2))
        .quizzes["quiz-second"]
        .facts["rules"]["draw"][0]["count"]
        == 1
    )


def test_the_title_of_a_question_with_blanks_has_a_line_for_each(edition):
    blanks = edition.entries.filter(revision__facts__kind="cloze")
    (title,) = blanks.values_list("revision__facts__title", flat=True)
    assert "____" in title
    assert "{{" not in title
