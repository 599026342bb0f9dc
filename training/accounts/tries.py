"""Wrong passwords, counted by name and address together, for all workers in one table.

A try counts before the password is looked at, by one statement, so that of any number of guesses
sent at once no more than MOST are looked at. The right password takes its own try back, where there
were others. See training/decisions/0023-tries-are-counted-in-a-table.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from training.accounts.models import Tries

# So many tries, until for so long there was none that was looked at.
MOST = 20
PAUSE = timedelta(minutes=5)
# Of no more use after this; kept until the next cleaning.
OLD = timedelta(days=1)
TABLE = Tries._meta.db_table
# A try too many counts as well, but does not put off the end of the pause.
COUNT = f"""
    INSERT INTO {TABLE} (digest, n, last_at) SELECT %s, 1, %s WHERE {{shut}}
    ON CONFLICT (digest) DO UPDATE SET
        n = CASE WHEN {TABLE}.last_at <= %s THEN 1 ELSE {TABLE}.n + 1 END,
        last_at = CASE
            WHEN {TABLE}.n >= %s AND {TABLE}.last_at > %s THEN {TABLE}.last_at
            ELSE excluded.last_at
        END
    RETURNING n
"""  # noqa: S608 - the name of a table of ours


@dataclass(frozen=True, slots=True)
class Door:
    """Where a name is tried from an address. Neither can be read from the digest."""

    digest: str

    @classmethod
    def of(cls, name: str, address: str) -> Door:
        """The same door however the name is written; an unknown name has one too."""
        said = f"{name.strip().lower()}\0{address}".encode(errors="surrogatepass")
        return cls(hashlib.sha256(said).hexdigest())


def count(door: Door, *, at: datetime, refused: QuerySet[Any, int], most: int) -> int | None:
    """Count a try: the first of a row is 1, and up to MOST the password may be looked at.

    None, and nothing is written, where `refused` (one figure) has come to `most`: who is kept out
    anyhow makes no work, and keeps nobody else out. One statement, atomic.
    """
    when = connection.ops.adapt_datetimefield_value(at)
    ended = connection.ops.adapt_datetimefield_value(at - PAUSE)
    figure, values = refused.query.sql_with_params()
    sql = COUNT.format(shut=f"({figure}) < %s")
    with connection.cursor() as cursor:
        cursor.execute(sql, [door.digest, when, *values, most, ended, MOST, ended])
        found = cursor.fetchone()
    return None if found is None else int(found[0])


def take_back(door: Door, n: int) -> None:
    """The try, the nth of a row, was right: it does not count. One statement.

    None where it was the only one: it stays for a pause, and its owner has one guess less.
    """
    if n > 1:
        Tries.objects.filter(digest=door.digest, n__gt=0).update(n=F("n") - 1)


def forget_old(*, at: datetime) -> int:
    """Remove what nobody has tried for a day. Returns how many."""
    removed, _kinds = Tries.objects.filter(last_at__lte=at - OLD).delete()
    return removed
