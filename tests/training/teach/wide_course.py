"""A course of ten modules, for tables as wide as they get."""

from curriculum.documents.models import Edition
from tests.tiny_course import COURSE, GLOSSARY, LESSON, MODULE, SOURCES, publish_tiny_course, put


def publish_wide_course(modules: int = 10) -> Edition:
    """Ten modules of one lesson each, without quizzes."""
    files = {"sources.yaml": SOURCES, "glossary.yaml": GLOSSARY}
    put(files, "tiny/course.md", COURSE)
    for number in range(1, modules + 1):
        folder = f"tiny/{number:02}-part-{number}"
        put(files, f"{folder}/module.md", MODULE.format(title=f"Part {number}", after=""))
        text = LESSON.format(title=f"Lesson {number}", slug=f"lesson-{number}", check="")
        put(files, f"{folder}/01-lesson-{number}.md", text)
    return publish_tiny_course(files=files)
