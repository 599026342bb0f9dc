"""Writing an answer: a large box, the length in words, and what will be looked at if it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from curriculum.prose.safety import safe
from curriculum.questions.kinds.written import MOST_CHARACTERS, count_words
from training.answers.form import Answer, AnswerForm
from training.answers.typed import UNCLASSIFIED, field_alone, large_text_field

LEAST_ROWS, MOST_ROWS = 8, 20
# Longer than the kind accepts, so that the kind says what is wrong.
LONGEST = 2 * MOST_CHARACTERS


class EssayForm(AnswerForm):
    """A text of many words. A longer one than asked for is kept, and the limit told."""

    template = "questions/written.html"

    def add_fields(self) -> None:
        rows = max(LEAST_ROWS, min(MOST_ROWS, self.shown["words"] // 12))
        hint = f"{self.limits} {UNCLASSIFIED}"
        self.fields["answer"] = large_text_field(gettext("Your answer"), LONGEST, rows, hint)

    @property
    def limits(self) -> str:
        """How long the answer should be, before anything is written."""
        most, least = self.shown["words"], self.shown["least"]
        if least:
            said = gettext("Write %(least)d to %(most)d words.") % {"least": least, "most": most}
        else:
            said = gettext("Write at most %(most)d words.") % {"most": most}
        more = gettext("A longer answer is kept, and the marker reads the first %(most)d words.")
        return f"{said} {more % {'most': most}}"

    @property
    def helper(self) -> FormHelper:
        return field_alone("answer")

    @property
    def count(self) -> int:
        """The words that stand in the box when the page is made."""
        return count_words(str(self["answer"].value() or ""))

    @property
    def counted(self) -> str:
        """The same in a sentence, as the script keeps it up to date."""
        most = self.shown["words"]
        if self.count > most:
            return self.over_words.format(count=self.count)
        return self.count_words.format(count=self.count)

    @property
    def count_words(self) -> str:
        """The sentence that counts, with {count} where the number goes."""
        said = gettext("%(count)s of at most %(most)d words")
        return said % {"count": "{count}", "most": self.shown["words"]}

    @property
    def over_words(self) -> str:
        said = gettext("%(count)s words: the marker reads the first %(most)d")
        return said % {"count": "{count}", "most": self.shown["words"]}

    @property
    def criteria(self) -> list[SafeString]:
        """What the marker will look at, where the question tells."""
        return [safe(one["text"]) for one in self.shown.get("criteria", ())]

    def initial_of(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": answer.get("text", "")}

    def answer_of(self, cleaned: dict[str, Any]) -> Answer:
        # A form sends a line's end as two characters, a script as one.
        text = cleaned["answer"].replace("\r\n", "\n").replace("\r", "\n")
        return {"text": text} if text.strip() else {}
