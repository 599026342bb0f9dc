"""What is wrong with a roster, in words: what it is, and what to do next."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.cohorts.roster import LONGEST, Code, Outcome, Problem

COLUMNS: dict[str, Promise] = {
    "service_number": gettext_lazy("Service number"),
    "rank": gettext_lazy("Rank"),
    "name": gettext_lazy("Name"),
    "username": gettext_lazy("Username"),
    "email": gettext_lazy("E-mail"),
    "unit": gettext_lazy("Unit"),
}
# What the template file calls its columns: read again in any language.
TEMPLATE_HEADINGS = ["Service number", "Rank", "Name", "Username", "E-mail", "Unit"]
assert len(TEMPLATE_HEADINGS) == len(LONGEST)

OUTCOMES: dict[Outcome, tuple[Promise, str]] = {
    Outcome.CREATE: (gettext_lazy("New person"), "tag-complete"),
    Outcome.ENROL: (gettext_lazy("Enrolled"), "tag-complete"),
    Outcome.UPDATE: (gettext_lazy("Updated"), "tag-progress"),
    Outcome.THERE: (gettext_lazy("Already there"), "tag-none"),
    Outcome.ERROR: (gettext_lazy("Refused"), "tag-failed"),
}

SENTENCES: dict[Code, Promise] = {
    Code.EMPTY: gettext_lazy(
        "The list holds no rows. It needs a line of headings and a row for each person."
    ),
    Code.TOO_LARGE: gettext_lazy("The list is larger than 1 MB. Divide it and send the parts."),
    Code.TOO_MANY_ROWS: gettext_lazy(
        "The list has %(value)s rows; 5,000 is the limit. Divide it and send the parts."
    ),
    Code.NOT_UTF8: gettext_lazy(
        "The file is not in UTF-8. Save it as “CSV UTF-8” in the spreadsheet program and send it "
        "again."
    ),
    Code.UNREADABLE: gettext_lazy(
        "Line %(value)s holds characters that cannot be read. Save the file as “CSV UTF-8” and "
        "send it again."
    ),
    Code.QUOTES: gettext_lazy(
        "The quotation marks do not match (%(value)s). Correct the file and send it again."
    ),
    Code.HEADING_MISSING: gettext_lazy(
        "There is no column “%(column)s”. Name it in the first line, as in the template."
    ),
    Code.HEADING_TWICE: gettext_lazy(
        "Two columns are headed “%(column)s”. Remove one, or rename it."
    ),
    Code.TOO_MANY_CELLS: gettext_lazy(
        "The row has %(value)s cells, more than there are headings. Put values with a separator "
        "in quotation marks."
    ),
    Code.MISSING: gettext_lazy("It is empty. Fill it in."),
    Code.TOO_LONG: gettext_lazy("It is longer than %(other)s characters. Shorten it."),
    Code.HIDDEN: gettext_lazy(
        "It holds hidden characters that change how it reads. Type it again."
    ),
    Code.TWICE: gettext_lazy("%(value)s stands on line %(other)s too. Keep one of the rows."),
    Code.UNKNOWN_UNIT: gettext_lazy(
        "No unit of yours has the code “%(value)s”. Correct it, or leave it empty for the "
        "cohort's unit."
    ),
    Code.USERNAME_FORM: gettext_lazy(
        "The username “%(value)s” may hold only letters, digits and . @ + - _ ."
    ),
    Code.USERNAME_TAKEN: gettext_lazy(
        "The username “%(value)s” belongs to somebody else. Choose another."
    ),
    Code.EMAIL_FORM: gettext_lazy("“%(value)s” is not an e-mail address. Correct it."),
    Code.CLOSED: gettext_lazy(
        "This person's account is closed. Have an admin reopen it, or leave out the row."
    ),
    Code.ELSEWHERE: gettext_lazy(
        "This service number belongs to somebody outside your units. Ask an admin to enrol them."
    ),
    Code.NAME_DIFFERS: gettext_lazy(
        "Registered as “%(other)s”, in the list “%(value)s”. The registered name stays; make sure "
        "that it is the same person."
    ),
    Code.EMAIL_DIFFERS: gettext_lazy(
        "The list gives another e-mail address than is registered. The registered one stays."
    ),
    Code.USERNAME_DIFFERS: gettext_lazy(
        "Registered with the username “%(other)s”. The registered one stays."
    ),
}


def said(problem: Problem) -> str:
    """A problem as a sentence, to be escaped."""
    return str(SENTENCES[problem.code]) % {
        "column": column_name(problem.column),
        "value": problem.value,
        "other": problem.other,
    }


def said_of_row(problem: Problem) -> str:
    """The same with the column in front, where it concerns one."""
    if not problem.column:
        return said(problem)
    return f"{column_name(problem.column)}: {said(problem)}"


def column_name(column: str) -> str:
    """What a column is called on the pages; for a heading that is not used, that it is not."""
    return str(COLUMNS[column]) if column else _("not used")
