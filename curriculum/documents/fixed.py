"""Rows that are added and never changed."""

from typing import Any

from django.db import models


class ChangeRefused(TypeError):
    """A row that may only be added was about to be changed or deleted."""


class Fixed(models.Model):
    """A row that may only be added.

    This guard gives a clear message early; a trigger in the database (migrations
    `0002_rows_that_never_change`) refuses an UPDATE however it is made.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ChangeRefused(f"{type(self).__name__} rows are added, never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise ChangeRefused(f"{type(self).__name__} rows are added, never deleted")
