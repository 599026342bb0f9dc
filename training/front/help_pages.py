"""The help pages: Markdown files of the project, compiled once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curriculum.prose.lesson import compile_lesson
from curriculum.prose.safety import safe


@dataclass(frozen=True, slots=True)
class Topic:
    """One help page: its name in the address, its title, and what it is for."""

    slug: str
    title: str | Promise
    summary: str | Promise


TOPICS = (
    Topic("trainee", _("For trainees"), _("Reading lessons, taking quizzes, and your progress.")),
    Topic("instructor", _("For instructors"), _("Cohorts, who needs attention, records, exports.")),
    Topic("author", _("For authors"), _("Content files, checking them, and publishing.")),
    Topic("admin", _("For admins and coordinators"), _("People, units, cohorts and enrolment.")),
    Topic("operator", _("For operators"), _("Installing, backing up and watching the site.")),
    Topic("accessibility", _("Accessibility"), _("How the pages can be used, and what is known.")),
)
BY_SLUG = {topic.slug: topic for topic in TOPICS}


@cache
def blocks_of(slug: str) -> tuple[dict[str, Any], ...]:
    """The compiled page in reading order; see `curriculum.prose.lesson.LessonBody`.

    Raises ImproperlyConfigured with every problem of the file.
    """
    path = Path(settings.BASE_DIR) / "templates" / "help" / f"{slug}.md"
    body, problems = compile_lesson(path.read_text(encoding="utf-8"), {}, {})
    if body is None or problems:
        raise ImproperlyConfigured(f"{path.name}: {'; '.join(map(str, problems))}")
    return tuple(block | {"html": safe(block["html"])} for block in body.blocks)
