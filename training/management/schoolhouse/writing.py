"""What the trainees of the demo write where a question asks for words, and who marks it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from training.accounts.models import Person
from training.flows import marking_an_answer
from training.marking.actions import Given
from training.marking.models import Sheet

# From the weakest to the best, by the first criterion of the question.
TEXTS = {
    "whose": (
        "Military diplomacy is everything our forces do abroad to be seen and respected.",
        "Military diplomacy means that soldiers work for peace. It builds trust between armies.",
        "In this plan military diplomacy means the peaceful work of our forces with partners who "
        "have agreed to it. It serves to build trust and to prevent conflict.\n\nIt is not "
        "intelligence work.",
        "This plan follows Winger and speaks of the nonviolent use of military forces to further "
        "Halvenia's international agenda: visits, exchanges, staff talks.\n\nPressure by fear, "
        "operations and anything done without the partner's knowledge stand outside it.",
    ),
    "answer": (
        "A port visit is always military diplomacy, so nothing has changed. The band may play on.",
        "The speech was unwise. It was meant for Tavisk and not for our hosts. Somebody should "
        "tell the minister's office before the next call.",
        "The visit has become a warning to Tavisk, although Kestria invited the ship for something "
        "else. I would ask the legal adviser whether the words are a threat.",
        "With this sentence the visit turned into a warning to a third State; the type of ship "
        "does not matter, the message does.\n\nThe Charter bars the threat of force (article 2, "
        "paragraph 4). Whether this was one, the legal adviser must say. Before the next call the "
        "foreign ministry has to own the message, and Kestria has to hear it from us.",
    ),
}
OTHERWISE = ("I do not know.", "It depends on the instructions.", "See the lesson.", "As agreed.")
# The markers work through the pile after some days; the latest papers still wait.
AFTER = timedelta(days=2)
STILL_WAITING = timedelta(days=9)


def written(body: Mapping[str, Any], skill: float, chance: random.Random) -> dict[str, object]:
    """An answer in words, the better the more skill."""
    texts = TEXTS.get(body["criteria"][0]["id"], OTHERWISE)
    at = min(len(texts) - 1, max(0, round(skill * len(texts) + chance.uniform(-1.6, 0.4))))
    return {"text": texts[at]}


def mark_what_is_old(*, now: datetime) -> int:
    """Mark, as the staff of each cohort would have, what was handed in a while ago. How many."""
    given = 0
    sheets = Sheet.objects.filter(handed_in_at__lt=now - STILL_WAITING).order_by("handed_in_at")
    for sheet in sheets.select_related("item", "cohort"):
        chance = random.Random(f"{sheet.handed_in_at}:{sheet.document_id}")  # noqa: S311
        staff = list(Person.objects.filter(staffing__cohort=sheet.cohort).order_by("username"))
        quality = _quality(sheet)
        for turn, marker in enumerate(staff[: 2 if sheet.second else 1], start=1):
            marking_an_answer.give(
                Sheet.objects.taught_by(marker),
                sheet.key,
                Given(_levels(sheet.item.body, quality, chance), _comment(quality, turn)),
                at=min(sheet.handed_in_at + turn * AFTER, now),
                by=marker,
            )
            given += 1
    return given


def _quality(sheet: Sheet) -> float:
    """How good the text is, 0 to 1, by its place among what is written here."""
    response = sheet.item.responses.latest("sequence")
    texts = TEXTS.get(sheet.item.body["criteria"][0]["id"], OTHERWISE)
    return texts.index(str(response.answer["text"])) / (len(texts) - 1)


def _levels(body: Mapping[str, Any], quality: float, chance: random.Random) -> dict[str, int]:
    return {
        one["id"]: one["levels"][
            min(
                len(one["levels"]) - 1,
                max(0, round(quality * (len(one["levels"]) - 1) + chance.uniform(-0.35, 0.55))),
            )
        ]["points"]
        for one in body["criteria"]
    }


def _comment(quality: float, turn: int) -> str:
    if turn > 1 or quality > 0.7:  # noqa: PLR2004
        return ""
    return "Read the lesson's three parts again and look for each of them in your text."
