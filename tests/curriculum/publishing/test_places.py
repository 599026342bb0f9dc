"""What a file is follows from where it stands and what it is called."""

import pytest

from curriculum.publishing.places import place_of


@pytest.mark.parametrize(
    ("path", "kind", "slug", "position", "course", "module"),
    [
        ("glossary.yaml", "glossary", "glossary", 0, "", ""),
        ("sources.yaml", "sources", "sources", 0, "", ""),
        ("a-b/course.md", "course", "a-b", 0, "a-b", ""),
        ("a/02-m/module.md", "module", "m", 2, "a", "m"),
        ("a/02-m/03-les-son.md", "lesson", "les-son", 3, "a", "m"),
        ("a/02-m/questions/q-1.md", "question", "q-1", 0, "a", "m"),
        ("a/02-m/cases/c-1.md", "case", "c-1", 0, "a", "m"),
        ("a/02-m/final.quiz.md", "quiz", "final", 0, "a", "m"),
        ("a/02-m/questions/01-q.md", "question", "01-q", 0, "a", "m"),
    ],
)
def test_a_file_is_what_its_place_says(path, kind, slug, position, course, module):
    place = place_of(path)
    assert (place.kind, place.slug, place.position) == (kind, slug, position)
    assert (place.course, place.module, place.path) == (course, module, path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "course.md",
        "a/Course.md",
        "A/course.md",
        "a/course.md/",
        "/a/course.md",
        "../a/course.md",
        "a/../course.md",
        "a/2-m/module.md",
        "a/002-m/module.md",
        "a/02-m/lesson.md",
        "a/02-m/03-.md",
        "a/02-m/03-a--b.md",
        "a/02-m/03-é.md",
        "a/02-m/quiz.md",
        "a/02-m/questions/x/q.md",
        "a/02-m/questions/q.txt",
        "a/٠٢-m/module.md\n",
        "glossary.yml",
        "x/glossary.yaml",
        "a/course.md\n",
    ],
)
def test_no_content_can_stand_anywhere_else(path):
    assert place_of(path) is None


def test_files_without_an_id_get_the_same_key_everywhere():
    keys = {place_of(path).library_key for path in ("glossary.yaml", "sources.yaml")}
    assert len(keys) == 2
    assert place_of("glossary.yaml").library_key in keys
