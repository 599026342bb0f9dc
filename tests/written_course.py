"""The tiny course with a quiz that asks for words: two questions by the key, two written ones."""

import uuid
from datetime import timedelta

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.tiny_course import QUESTION, WRITTEN, publish_tiny_course, put, tiny_files
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start

TEXT = "Consent stays free.\n\nSo says article 9."
FULL = {"rule": 2, "reason": 2}
HALF = {"rule": 2, "reason": 0}
NONE = {"rule": 0, "reason": 0}


def written_files(second="0%", written=2):
    """Its files. `second` is the share that a second marker reads."""
    files = tiny_files()
    path = "tiny/01-first/questions/kind-written.md"
    files[path] = files[path].replace("second_marker: 20%", f"second_marker: {second}")
    text = QUESTION.format(
        kind="written",
        objective="consent-recall",
        level="recall",
        extra=f"\nwords: 60\nsecond_marker: {second}",
        body=WRITTEN.replace("Explain in your own words why", "Draft a reply that says why"),
    )
    put(files, "tiny/01-first/questions/reply.md", text)
    quiz = "tiny/01-first/quiz-first.quiz.md"
    lines = f"  - {{count: 2, objective: consent-recall}}\n  - {{count: {written}, written: true}}"
    files[quiz] = files[quiz].replace("  - {count: 6}", lines)
    return files


def publish_written_course(second="0%", written=2):
    return publish_tiny_course(files=written_files(second, written))


def sit(enrolment, at, text=TEXT, *, right=True, seed=None):
    """Sit the quiz, hand it in a minute later: the keys as they are, or nothing, and this text."""
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=at, by=enrolment.trainee, seed=seed)
    for position, kind in attempt.items.values_list("position", "kind"):
        key = uuid.uuid4()
        with locked_item(Attempt.objects.all(), attempt.key, position, key) as item:
            own = {"text": text} if kind in registry.BY_HAND else _key(item, right)
            record_answer(item, Save(own, key, 1), at=at)
    hand_in(Attempt.objects.all(), attempt.key, at=at + timedelta(minutes=1), by=enrolment.trainee)
    attempt.refresh_from_db()
    return attempt


def _key(item, right):
    return registry.key(item.kind, item.body) if right else {}
