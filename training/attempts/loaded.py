"""Answers that came from a file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from curriculum.documents.fixed import Fixed
from training.attempts.models import Response


class LoadedAnswer(Fixed):
    """A late response that came from a file which its trainee downloaded: who loaded it, and why.

    A save that came by the line as well, before the file or after it, is the same response; its
    `received_at` is the line's if that was first.

    `made_at` is what the trainee's device said, which nobody can prove; `digest` is the file's
    SHA-256. Holds the name of who loaded it.
    """

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="loaded")
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    loader_key = models.UUIDField()
    loader_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["response"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="loaded_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.response}, from a file"
