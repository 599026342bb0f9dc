"""The words for kinds and levels on the pages of this desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

QUESTION_KINDS: dict[str, Words] = {
    "single": _("one right option"),
    "multiple": _("several right options"),
    "true_false": _("true or false"),
    "ordering": _("putting in order"),
    "matching": _("matching"),
    "numeric": _("number"),
    "short": _("short answer"),
    "cloze": _("filling blanks"),
    "generated": _("made anew for each attempt"),
    "judgement": _("judgement by a panel"),
    "written": _("written, marked by hand"),
}
LEVELS: dict[str, Words] = {
    "recall": _("recall"),
    "application": _("application"),
    "judgement": _("judgement"),
}
COUNTS: dict[str, Words] = {
    "best": _("the best attempt counts"),
    "last": _("the last attempt counts"),
    "first": _("the first attempt counts"),
    "mean": _("the mean of all attempts counts"),
}
