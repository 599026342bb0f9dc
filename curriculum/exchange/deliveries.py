"""Files handed in through the browser: read, checked, kept, and published at most once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from curriculum.documents.differences import Difference
from curriculum.exchange.archive import read_archive
from curriculum.exchange.completing import completed, placed
from curriculum.exchange.folder import decoded
from curriculum.exchange.models import Delivery
from curriculum.exchange.published import difference
from curriculum.prose.problems import Problem
from curriculum.prose.said import said as _
from curriculum.publishing.actions import Note, Published, one_at_a_time, publish
from curriculum.publishing.checking import Checked, check
from curriculum.publishing.claims import claimed_by_others

ZIP = b"PK"


class Settled(Exception):  # noqa: N818
    """The delivery was published or withdrawn before."""


class Changed(Exception):  # noqa: N818
    """What these files would change is not what was shown; nothing was written."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What publishing would do now: the difference, or the errors that keep it from happening."""

    checked: Checked
    differences: list[Difference]

    @property
    def mark(self) -> str:
        """Stands for this difference: another difference has another mark."""
        total = hashlib.sha256()
        for one in self.differences:
            lines = "\n".join(line.sign + line.text for line in one.lines)
            total.update(f"{one.change} {one.key} {one.old_path} {one.path}\n{lines}\n".encode())
        return total.hexdigest()


def read_upload(name: str, raw: bytes) -> tuple[dict[str, str], list[Problem]]:
    """The content files of a zip archive, or the one file itself, by their paths."""
    if raw.startswith(ZIP):
        files, problems = read_archive(raw)
        if not files and not problems:
            problems = [Problem(name, 0, _("There is no content file in it."))]
        return files, problems
    text, problem = decoded(name, raw)
    if text is None:
        return {}, [problem] if problem else []
    return placed(name, text)


def outlook(files: Mapping[str, str]) -> Outlook:
    """Check these files beside what is published. Six queries, whatever their number."""
    checked = check(completed(files))
    checked.problems += claimed_by_others(checked)
    checked.problems.sort()
    return Outlook(checked, [] if checked.errors else difference(checked))


def keep(files: Mapping[str, str], byline: str, owner: UUID, *, at: datetime) -> Delivery:
    """Keep files that were handed in until they are published or withdrawn."""
    return Delivery.objects.create(files=dict(files), byline=byline, owner=owner, created_at=at)


@transaction.atomic
def publish_delivery(delivery: Delivery, note: Note, mark: str, *, at: datetime) -> Published:
    """Publish a waiting delivery: all or nothing, once, and only what was shown.

    `mark` is that of the outlook that was shown. Raises Settled, Changed or NotPublishable, and has
    then written nothing.
    """
    _settle(delivery, Delivery.State.PUBLISHED)
    one_at_a_time()
    found = outlook(delivery.files)
    if found.checked.errors or found.mark != mark:
        raise Changed
    return publish(found.checked, note, at=at)


def withdraw(delivery: Delivery) -> None:
    """Withdraw a waiting delivery; its files are kept. Raises Settled."""
    _settle(delivery, Delivery.State.WITHDRAWN)


def _settle(delivery: Delivery, state: str) -> None:
    """Of two clicks, the database decides which came first."""
    if not Delivery.objects.waiting().filter(pk=delivery.pk).update(state=state):
        raise Settled
