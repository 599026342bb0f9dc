"""The names behind every count, and one person."""

import ast

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.factories.training import AppointmentFactory, StaffingFactory
from tests.house import files
from tests.marking import every_sentence_marked
from training.accounts.invitations import invitation_for
from training.accounts.models import Invitation, Person, Role
from training.audit.models import AuditEntry
from training.oversee import trail

PEOPLE = reverse("oversee:people")


def page_of(name, person):
    return reverse(f"oversee:{name}", args=(person.key,))


def test_people_are_found_by_name_rank_number_and_username(signed_in, ada, far, names):
    browser = signed_in(ada)
    for text in ("away", "capt far", "FAR-1", "far"):
        assert names(browser.get(PEOPLE, {"q": text})) == ["Capt Far Away"], text
    assert names(browser.get(PEOPLE, {"q": "nobody like this"})) == []


def test_a_wrong_filter_is_not_listened_to(signed_in, ada, thea):
    for bad in ({"state": "x"}, {"cohort": "x"}, {"unit": "1"}, {"q": "\x00"}, {"page": "9" * 40}):
        assert signed_in(ada).get(PEOPLE, bad).status_code == 200


def test_a_coordinator_finds_nobody_elsewhere(
    signed_in, cole, thea, far, guest, other_unit, other_cohort, names
):
    browser = signed_in(cole)
    assert set(names(browser.get(PEOPLE))) == {"Col Cole Coordinator", "Capt Thea Trainee"}
    for asked in ({"q": "away"}, {"unit": other_unit.key}, {"cohort": other_cohort.key}):
        page = browser.get(PEOPLE, asked)
        assert names(page) == []
        assert not any(word in page.content.decode() for word in ("Far", "Naval", "Autumn"))


def test_fifty_people_make_a_page(signed_in, ada, crowd, names, queries):
    crowd(60)
    browser = signed_in(ada)
    assert len(names(browser.get(PEOPLE))) == 50
    assert len(names(browser.get(PEOPLE, {"page": 2}))) == 11


@pytest.mark.parametrize("who", ["ada", "cole"])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    signed_in, who, request, thea, crowd, queries, cohort, unit
):
    browser = signed_in(request.getfixturevalue(who))
    url = f"{PEOPLE}?cohort={cohort.key}&unit={unit.key}&q=e"
    one = queries(browser, url)
    crowd(29)
    assert queries(browser, url) == one <= 10


@pytest.mark.parametrize("who", ["ada", "cole"])
def test_everybody_costs_the_same_for_one_and_for_fifty(
    signed_in, who, request, thea, crowd, queries
):
    browser = signed_in(request.getfixturevalue(who))
    one = queries(browser, PEOPLE)
    crowd(60)
    assert queries(browser, PEOPLE) == one <= 6


def test_each_page_of_everybody_goes_on_where_the_last_ended(signed_in, ada, thea, crowd):
    crowd(60)
    everybody = Person.objects.filter(is_active=True).order_by("name", "pk")
    names = [escape(one.name) for one in everybody]
    for page, part in ((1, names[:50]), (2, names[50:])):
        answer = signed_in(ada).get(PEOPLE, {"page": page})
        assert len(answer.content) <= 30_000
        text = answer.content.decode()
        assert text.count('<th scope="row">') == len(part)
        assert all(name in text for name in part)


def test_a_person_is_shown_with_enrolments_roles_and_what_was_done(
    signed_in, ada, thea, enrolment, cohort
):
    AppointmentFactory(person=thea, role=Role.AUTHOR)
    text = signed_in(ada).get(page_of("person", thea)).content.decode()
    assert "Attaché Section" in text
    assert cohort.name in text
    assert "author" in text
    assert "enrolled (enrolment)" in text


@pytest.mark.parametrize("name", ["person", "invite", "deactivate", "reactivate"])
def test_a_coordinator_gets_404_or_403_for_people_elsewhere(signed_in, cole, far, name):
    browser = signed_in(cole)
    answer = (browser.post if name == "invite" else browser.get)(page_of(name, far))
    assert answer.status_code == (403 if name in {"deactivate", "reactivate"} else 404)
    assert not Invitation.objects.exists()


def test_an_invitation_link_is_shown_once_and_opens_the_account(signed_in, ada, thea, noon):
    page = signed_in(ada).post(page_of("invite", thea))
    token = page.context["link"].rstrip("/").rpartition("/")[2]
    assert invitation_for(token, at=page.context["invitation"].created_at).person == thea
    assert token not in signed_in(ada).get(page_of("person", thea)).content.decode()
    assert AuditEntry.objects.filter(verb="invited").count() == 1


def test_an_invitation_is_made_by_post_only(signed_in, ada, thea):
    assert signed_in(ada).get(page_of("invite", thea)).status_code == 405
    assert not Invitation.objects.exists()


def test_a_coordinator_makes_no_link_that_opens_more_than_a_trainees_account(
    signed_in, cole, thea, unit, cohort, other_cohort
):
    browser = signed_in(cole)
    assert browser.post(page_of("invite", thea)).status_code == 200
    assert browser.post(page_of("invite", cole)).status_code == 403
    staffing = StaffingFactory(cohort=other_cohort, person=thea)
    assert browser.post(page_of("invite", thea)).status_code == 403
    staffing.delete()
    AppointmentFactory(person=thea, role=Role.AUTHOR)
    assert browser.post(page_of("invite", thea)).status_code == 403
    thea.appointments.all().delete()
    thea.is_admin = True
    thea.save()
    assert browser.post(page_of("invite", thea)).status_code == 403
    assert Invitation.objects.count() == 1


def test_a_closed_account_gets_no_link(signed_in, ada, thea):
    thea.is_active = False
    thea.save()
    page = signed_in(ada).post(page_of("invite", thea), follow=True)
    assert "The account is closed. No invitation was made." in page.content.decode()


def test_an_account_is_closed_with_a_reason_after_its_open_work_was_shown(
    signed_in, ada, thea, cohort
):
    browser = signed_in(ada)
    text = browser.get(page_of("deactivate", thea)).content.decode()
    assert "enrolled in Spring 2030, course not complete" in text
    page = browser.post(page_of("deactivate", thea), {"reason": ""})
    assert page.context["form"].errors
    browser.post(page_of("deactivate", thea), {"reason": "posted abroad"})
    thea.refresh_from_db()
    assert not thea.is_active
    text = browser.get(page_of("person", thea)).content.decode()
    assert "posted abroad" in text
    browser.post(page_of("reactivate", thea), {"reason": "back"})
    thea.refresh_from_db()
    assert thea.is_active


def test_the_last_admin_and_the_own_account_stay_open(signed_in, ada):
    page = signed_in(ada).post(page_of("deactivate", ada), {"reason": "x"})
    assert "This is your own account." in page.content.decode()
    ada.refresh_from_db()
    assert ada.is_active


def test_a_coordinator_closes_no_account(signed_in, cole, thea):
    assert signed_in(cole).get(page_of("deactivate", thea)).status_code == 403
    assert signed_in(cole).post(page_of("deactivate", thea), {"reason": "x"}).status_code == 403
    thea.refresh_from_db()
    assert thea.is_active


def verbs_about(*kinds):
    """What any code of ours records about a person or an enrolment."""
    for path in files("training", ".py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or len(call.args) < 3:
                continue
            verb, thing = call.args[1:3]
            about = next(iter(getattr(getattr(thing, "elt", thing), "elts", [])), None)
            if isinstance(verb, ast.Constant) and getattr(about, "value", "") in kinds:
                yield verb.value


def test_what_was_done_about_a_person_has_words_in_every_language(signed_in, ada, thea, enrolment):
    assert {"enrolled", "viewed", "invited"} <= set(verbs_about("person", "enrolment"))
    assert set(verbs_about("person", "enrolment")) <= set(trail.DONE)
    with every_sentence_marked():
        text = signed_in(ada).get(page_of("person", thea)).content.decode()
    assert "⟦enrolled⟧ (⟦enrolment⟧)" in text
