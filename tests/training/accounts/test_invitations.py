import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.factories.training import PASSWORD
from training.accounts.actions import AccountClosed, accept_invitation, deactivate, invite
from training.accounts.invitations import (
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    InvitationWithdrawn,
    invitation_for,
)
from training.accounts.models import Invitation
from training.audit.models import AuditEntry

NEW = "quite another sentence to sign in with"


def test_an_invitation_lets_one_person_choose_a_password(thea, ada, noon):
    _, token = invite(thea, at=noon, by=ada)
    assert accept_invitation(token, NEW, at=noon) == thea
    thea.refresh_from_db()
    assert thea.check_password(NEW)


def test_the_table_holds_no_token(thea, ada, noon):
    invitation, token = invite(thea, at=noon, by=ada)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM training_invitation")
        row = cursor.fetchone()
    assert token not in str(row)
    assert invitation.digest == hashlib.sha256(token.encode()).hexdigest()


def test_a_token_has_256_bits_and_fits_an_address(thea, ada, noon):
    tokens = {invite(thea, at=noon, by=ada)[1] for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 43 and token.isascii() and "/" not in token for token in tokens)


def test_an_invitation_is_good_once(thea, ada, noon):
    _, token = invite(thea, at=noon, by=ada)
    accept_invitation(token, NEW, at=noon)
    with pytest.raises(InvitationUsed):
        accept_invitation(token, "somebody else chose this one", at=noon)
    thea.refresh_from_db()
    assert thea.check_password(NEW)


def test_an_invitation_ends_after_its_days(thea, ada, noon):
    _, token = invite(thea, at=noon, by=ada, days=3)
    end = noon + timedelta(days=3)
    assert invitation_for(token, at=end - timedelta(seconds=1)).person == thea
    with pytest.raises(InvitationExpired):
        accept_invitation(token, NEW, at=end)
    thea.refresh_from_db()
    assert thea.check_password(PASSWORD)


def test_a_newer_invitation_withdraws_the_earlier_one(thea, ada, noon):
    _, first = invite(thea, at=noon, by=ada)
    _, second = invite(thea, at=noon, by=ada)
    with pytest.raises(InvitationWithdrawn):
        accept_invitation(first, NEW, at=noon)
    assert accept_invitation(second, NEW, at=noon) == thea


def test_a_token_that_was_never_given_is_unknown(db, noon):
    for token in ("", "x" * 43, "half a character: \ud800"):
        with pytest.raises(InvitationUnknown):
            invitation_for(token, at=noon)


def test_a_weak_password_is_refused_and_the_invitation_stays(thea, ada, noon):
    _, token = invite(thea, at=noon, by=ada)
    with pytest.raises(ValidationError):
        accept_invitation(token, "short", at=noon)
    assert accept_invitation(token, NEW, at=noon) == thea


def test_a_closed_account_is_not_invited_and_its_invitations_are_void(thea, ada, noon):
    _, token = invite(thea, at=noon, by=ada)
    deactivate(thea, by=ada, at=noon, reason="left the service")
    with pytest.raises(InvitationWithdrawn):
        accept_invitation(token, NEW, at=noon)
    with pytest.raises(AccountClosed):
        invite(thea, at=noon, by=ada)


def test_an_account_closed_behind_the_site_s_back_opens_for_no_invitation(thea, ada, noon):
    _, token = invite(thea, at=noon, by=ada)
    type(thea).objects.filter(pk=thea.pk).update(is_active=False)
    with pytest.raises(InvitationWithdrawn):
        accept_invitation(token, NEW, at=noon)
    assert Invitation.objects.get().used_at is None


def test_inviting_and_accepting_are_audited_without_the_token(thea, ada, noon):
    _, token = invite(thea, at=noon, by=ada)
    accept_invitation(token, NEW, at=noon)
    entries = AuditEntry.objects.filter(object_key=thea.key).values_list("actor_name", "verb")
    assert list(entries) == [
        ("Ada Admin", "invited"),
        ("Capt Thea Trainee", "accepted invitation"),
    ]
    assert token not in str(list(AuditEntry.objects.values()))
