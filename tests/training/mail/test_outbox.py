"""No page waits for a mail server, and no mail is lost or sent by two."""

import re
import threading
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON
from tests.factories.training import MailFactory, PersonFactory
from training.mail import actions as outbox
from training.mail.delivering import deliver
from training.mail.models import Mail
from training.mail.rules import MOST_TRIES, WAITS, next_try

RESET = reverse("account_reset_password")
SILENT = "tests.training.mail.servers.Silent"
BROKEN = "tests.training.mail.servers.Broken"
PICKY = "tests.training.mail.servers.Picky"
MINUTE = timedelta(minutes=1)


def at(moment):
    return lambda: moment


@pytest.fixture
def known(thea):
    thea.email = "thea@halvenia.example"
    thea.save(update_fields=["email"])
    return thea


@pytest.fixture
def asked(client, known):
    """Thea has asked for a new password; the mail waits."""
    client.post(RESET, {"email": "thea@halvenia.example"})
    return Mail.objects.get()


def now_of(mail):
    return mail.created_at + MINUTE


def test_a_reset_does_the_same_for_known_and_unknown_addresses(client, known, mailoutbox):
    client.get(RESET)
    client.post(RESET, {"email": "first@halvenia.example"})
    seen = []
    for who in ("thea", "eve"):
        with CaptureQueriesContext(connection) as done:
            answer = client.post(RESET, {"email": f"{who}@halvenia.example"})
        statements = [re.sub(r"'[^']*'|s\d+_x\d+", "…", one["sql"]) for one in done]
        seen.append((answer.status_code, answer.url, client.get(answer.url).content, statements))
    assert seen[0] == seen[1]
    assert mailoutbox == []
    assert Mail.objects.filter(kind="forgotten", person=None).count() == 3


def test_the_link_in_the_mail_sets_a_new_password(client, asked, mailoutbox, settings):
    settings.CLASSIFICATION = "RESTRICTED"
    assert deliver(clock=at(now_of(asked))).sent == 1
    (mail,) = mailoutbox
    assert mail.to == ["thea@halvenia.example"]
    assert mail.body.startswith("RESTRICTED\n")
    assert mail.body.rstrip().endswith("\nRESTRICTED")
    assert "Your name to sign in with is thea." in mail.body
    link = next(line for line in mail.body.split() if "/accounts/password/reset/key/" in line)
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    word = "harbour lantern and treaty ink"
    url = form.redirect_chain[-1][0]
    client.post(url, {"password1": word, "password2": word})
    asked.person = type(PersonFactory()).objects.get(username="thea")
    assert asked.person.check_password(word)


def test_no_table_holds_a_link_and_nobodys_address_is_not_kept(client, asked, mailoutbox):
    client.post(RESET, {"email": "eve@halvenia.example"})
    deliver(clock=at(now_of(asked)))
    assert len(mailoutbox) == 1
    (row,) = Mail.objects.values()
    assert (row["kind"], row["text"], row["due_at"]) == ("reset", "", None)
    assert "reset/key" not in str(row)


def test_everybody_who_shares_an_address_gets_a_link_but_no_closed_account(
    client, asked, mailoutbox
):
    PersonFactory(username="twin", email="THEA@halvenia.example")
    PersonFactory(username="gone", email="thea@halvenia.example", is_active=False)
    deliver(clock=at(now_of(asked)))
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "THEA@halvenia.example",
        "thea@halvenia.example",
    ]
    assert sorted("twin" in mail.body for mail in mailoutbox) == [False, True]


def test_an_account_closed_meanwhile_gets_nothing(asked, known, mailoutbox, settings):
    settings.EMAIL_BACKEND = BROKEN
    deliver(clock=at(now_of(asked)))
    known.is_active = False
    known.save(update_fields=["is_active"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver(clock=at(now_of(asked) + 5 * MINUTE))
    assert mailoutbox == []
    assert not Mail.objects.exists()


def test_a_link_that_nobody_could_send_for_hours_is_not_sent_any_more(asked, mailoutbox):
    deliver(clock=at(asked.created_at + timedelta(hours=7)))
    assert mailoutbox == []
    assert not Mail.objects.exists()


def test_a_link_that_failed_until_it_was_old_is_told_as_given_up(asked, settings, mailoutbox):
    settings.EMAIL_BACKEND = BROKEN
    deliver(clock=at(now_of(asked)))
    deliver(clock=at(asked.created_at + timedelta(hours=7)))
    mail = Mail.objects.given_up().get()
    assert (mail.tries, mail.error) == (1, "ConnectionRefusedError: nobody listens")


def test_the_same_message_id_at_every_try(settings, db):
    mail = MailFactory()
    settings.EMAIL_BACKEND = BROKEN
    done = deliver(clock=at(NOON))
    assert (done.sent, done.failed, done.cut_off) == (0, 1, True)
    mail.refresh_from_db()
    assert (mail.tries, mail.due_at) == (1, NOON + MINUTE)
    assert mail.error == "ConnectionRefusedError: nobody listens"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver(clock=at(NOON)).sent == 0
    assert deliver(clock=at(NOON + MINUTE)).sent == 1
    assert django_mail.outbox[-1].extra_headers["Message-ID"] == f"<{mail.key}@localhost>"


def test_after_the_last_try_it_is_given_up_and_told(settings, signed_in, ada):
    mail = MailFactory()
    settings.EMAIL_BACKEND = BROKEN
    moment = NOON
    for _try in range(MOST_TRIES):
        deliver(clock=at(moment))
        mail.refresh_from_db()
        moment = mail.due_at
    assert (mail.tries, mail.due_at, mail.text) == (MOST_TRIES, None, "A text.")
    page = signed_in(ada).get(reverse("oversee:mail")).content.decode()
    assert f"Given up after {MOST_TRIES} tries" in page
    assert "ConnectionRefusedError: nobody listens" in page


def test_a_server_that_is_away_is_not_asked_again_for_each_mail(settings, db):
    MailFactory.create_batch(3)
    settings.EMAIL_BACKEND = BROKEN
    assert deliver(clock=at(NOON)).failed == 1
    assert Mail.objects.filter(tries=0).count() == 2


def test_one_refused_recipient_holds_nobody_up(settings, db, mailoutbox):
    MailFactory(address="refused@halvenia.example")
    MailFactory.create_batch(2)
    settings.EMAIL_BACKEND = PICKY
    done = deliver(clock=at(NOON))
    assert (done.sent, done.failed, done.cut_off) == (2, 1, False)


def test_whoever_takes_a_mail_has_it_alone_until_the_lease_ends(db):
    MailFactory()
    assert outbox.claim(at=NOON) is not None
    assert outbox.claim(at=NOON + 4 * MINUTE) is None
    assert outbox.claim(at=NOON + 5 * MINUTE) is not None


def test_what_was_sent_is_forgotten_after_a_month(db):
    MailFactory(due_at=None, sent_at=NOON)
    assert outbox.forget_old(at=NOON + timedelta(days=29)) == 0
    assert outbox.forget_old(at=NOON + timedelta(days=31)) == 1


def test_a_site_without_mail_keeps_no_addresses(client, settings, db):
    settings.EMAIL_BACKEND = outbox.NO_MAIL
    client.post(RESET, {"email": "thea@halvenia.example"})
    outbox.post(outbox.Letter("a@b.example", "x", "y"), at=NOON)
    assert not Mail.objects.exists()


def test_whatever_the_sign_in_library_writes_waits_as_well(signed_in, thea, mailoutbox):
    signed_in(thea).post(
        reverse("account_email"), {"email": "new@halvenia.example", "action_add": ""}
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.address, mailoutbox) == ("text", "new@halvenia.example", [])


def test_the_command_tells_what_it_did(asked, capsys):
    call_command("deliver_mail")
    assert capsys.readouterr().out == "1 sent, 0 failed.\n0 waiting, 0 given up.\n"


def test_the_page_says_when_nobody_sends(signed_in, ada, asked):
    browser = signed_in(ada)
    assert "Everything went out." in browser.get(reverse("oversee:mail")).content.decode()
    Mail.objects.update(due_at=asked.due_at - timedelta(minutes=16))
    assert "Nobody sends the mail." in browser.get(reverse("oversee:mail")).content.decode()


@given(st.integers(1, 40))
def test_a_mail_is_tried_again_later_each_time_and_not_for_ever(tries):
    again = next_try(tries, NOON)
    assert (again is None) == (tries >= MOST_TRIES)
    assert again is None or again == NOON + WAITS[tries - 1] >= NOON + MINUTE


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_never_answers_holds_up_no_page(client, settings, thea):
    from tests.training.mail.servers import Silent

    settings.EMAIL_BACKEND = SILENT
    MailFactory()
    stuck = in_thread(lambda: deliver(clock=at(NOON)))
    assert Silent.asked.wait(10)
    answer = client.post(RESET, {"email": "thea@halvenia.example"})
    assert answer.status_code == 302
    assert Mail.objects.filter(kind="forgotten").exists()
    assert stuck.is_alive()
    Silent.answers.set()
    stuck.join(10)
    assert Mail.objects.filter(sent_at=NOON).count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_four_who_deliver_at_once_send_each_mail_once(mailoutbox):
    MailFactory.create_batch(24)
    workers = [in_thread(lambda: deliver(clock=at(NOON))) for _ in range(4)]
    for worker in workers:
        worker.join(60)
    ids = [mail.extra_headers["Message-ID"] for mail in mailoutbox]
    assert (len(ids), len(set(ids))) == (24, 24)
    assert Mail.objects.filter(sent_at=NOON).count() == 24


def in_thread(act):
    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
