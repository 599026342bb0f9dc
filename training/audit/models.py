"""Who did what, to what, when. Entries are only added."""

import uuid

from django.db import models

from curriculum.documents.fixed import Fixed


class AuditEntry(Fixed):
    """One act. The actor is a key and a name, not a foreign key: the entry outlives the person.

    Holds personal data: the actor's name, and in `detail` whatever the act concerned.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor_key = models.UUIDField(null=True)
    # Rank and name together: accounts.models.Person.shown_name.
    actor_name = models.CharField(max_length=300)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_key = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_kind", "object_key"], name="audit_by_object"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.object_kind} {self.object_key}"


class AuditSeal(Fixed):
    """A digest over all entries up to one entry and over the seal before it.

    Sealing is apart from writing, so that an exam's hand-ins never queue for the last hash.
    """

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["last_id"]

    def __str__(self) -> str:
        return f"{self.first_id}-{self.last_id}"
