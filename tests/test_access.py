"""Who may open which page, and send what to it. A new address without a row fails the first test.

A stranger to an object gets 404, as if it did not exist; somebody without the desk's role gets 403;
a wrong method 405; a visitor is sent to sign in. All of it as from a page of the site, with its
token; without one every POST is refused (the last test but one). The POST rows send an empty form:
what matters is whether somebody gets as far as the form (200, 400, 422, 302, 303) or is stopped
before it.
"""

import pytest
from django.db import transaction

from tests.access import build, names, unknown

CAST = ("visitor", "thea", "ines", "otto", "ada", "aude", "cole", "sam")

TABLE = """
#                                    method visitor thea ines otto ada aude cole sam
front:home                           GET  302 302 302 302 302 302 302 200
front:home                           POST 405 405 405 405 405 405 405 405
front:invitation                     GET  200 200 200 200 200 200 200 200
front:invitation                     POST 200 200 200 200 200 200 200 200
front:consent                        GET  404 404 404 404 404 404 404 404
front:consent                        POST 404 404 404 404 404 404 404 404
front:again                          GET  302 302 302 302 302 302 302 302
front:again                          POST 302 302 302 302 302 302 302 302
front:display                        GET  200 200 200 200 200 200 200 200
front:display                        POST 200 200 200 200 200 200 200 200
front:help                           GET  200 200 200 200 200 200 200 200
front:help                           POST 405 405 405 405 405 405 405 405
front:help_topic                     GET  200 200 200 200 200 200 200 200
front:help_topic                     POST 405 405 405 405 405 405 405 405
front:offline                        GET  200 200 200 200 200 200 200 200
front:offline                        POST 405 405 405 405 405 405 405 405
front:service_worker                 GET  200 200 200 200 200 200 200 200
front:service_worker                 POST 405 405 405 405 405 405 405 405
front:healthz                        GET  200 200 200 200 200 200 200 200
front:healthz                        POST 405 405 405 405 405 405 405 405
front:readyz                         GET  200 200 200 200 200 200 200 200
front:readyz                         POST 405 405 405 405 405 405 405 405
account_login                        GET  200 302 302 302 302 302 302 302
account_login                        POST 200 302 302 302 302 302 302 302
account_logout                       GET  302 200 200 200 200 200 200 200
account_logout                       POST 302 302 302 302 302 302 302 302
account_inactive                     GET  200 200 200 200 200 200 200 200
account_inactive                     POST 405 405 405 405 405 405 405 405
account_signup                       GET  200 302 302 302 302 302 302 302
account_signup                       POST 200 302 302 302 302 302 302 302
account_reauthenticate               GET  302 200 200 200 200 200 200 200
account_reauthenticate               POST 302 200 200 200 200 200 200 200
account_email                        GET  302 200 200 200 200 200 200 200
account_email                        POST 302 302 302 302 302 302 302 302
account_email_verification_sent      GET  200 200 200 200 200 200 200 200
account_email_verification_sent      POST 405 405 405 405 405 405 405 405
account_change_password              GET  302 200 200 200 200 200 200 200
account_change_password              POST 302 200 200 200 200 200 200 200
account_set_password                 GET  302 302 302 302 302 302 302 302
account_set_password                 POST 302 302 302 302 302 302 302 302
account_reset_password               GET  200 200 200 200 200 200 200 200
account_reset_password               POST 200 200 200 200 200 200 200 200
account_confirm_login_code           GET  302 302 302 302 302 302 302 302
account_confirm_login_code           POST 302 302 302 302 302 302 302 302
account_confirm_email                GET  200 200 200 200 200 200 200 200
account_confirm_email                POST 404 404 404 404 404 404 404 404
account_reset_password_from_key_done GET  200 200 200 200 200 200 200 200
account_reset_password_from_key_done POST 405 405 405 405 405 405 405 405
account_reset_password_from_key      GET  200 200 200 200 200 200 200 200
account_reset_password_from_key      POST 200 200 200 200 200 200 200 200
account_reset_password_done          GET  200 200 200 200 200 200 200 200
account_reset_password_done          POST 405 405 405 405 405 405 405 405
mfa_index                            GET  302 200 200 200 200 200 200 200
mfa_index                            POST 302 405 405 405 405 405 405 405
mfa_authenticate                     GET  302 302 302 302 302 302 302 302
mfa_authenticate                     POST 302 302 302 302 302 302 302 302
mfa_reauthenticate                   GET  302 302 302 302 302 302 302 302
mfa_reauthenticate                   POST 302 302 302 302 302 302 302 302
mfa_activate_totp                    GET  302 302 302 302 302 302 302 302
mfa_activate_totp                    POST 302 302 302 302 302 302 302 302
mfa_deactivate_totp                  GET  302 404 404 404 404 404 404 404
mfa_deactivate_totp                  POST 302 404 404 404 404 404 404 404
mfa_view_recovery_codes              GET  302 404 404 404 404 404 404 404
mfa_view_recovery_codes              POST 302 405 405 405 405 405 405 405
mfa_generate_recovery_codes          GET  302 302 302 302 302 302 302 302
mfa_generate_recovery_codes          POST 302 302 302 302 302 302 302 302
mfa_download_recovery_codes          GET  302 404 404 404 404 404 404 404
mfa_download_recovery_codes          POST 302 404 404 404 404 404 404 404
mfa_list_webauthn                    GET  302 200 200 200 200 200 200 200
mfa_list_webauthn                    POST 302 405 405 405 405 405 405 405
mfa_add_webauthn                     GET  302 302 302 302 302 302 302 302
mfa_add_webauthn                     POST 302 302 302 302 302 302 302 302
mfa_reauthenticate_webauthn          GET  302 302 302 302 302 302 302 302
mfa_reauthenticate_webauthn          POST 302 302 302 302 302 302 302 302
mfa_remove_webauthn                  GET  302 302 302 302 302 302 302 302
mfa_remove_webauthn                  POST 302 302 302 302 302 302 302 302
mfa_edit_webauthn                    GET  302 302 302 302 302 302 302 302
mfa_edit_webauthn                    POST 302 302 302 302 302 302 302 302
mfa_login_webauthn                   GET  302 302 302 302 302 302 302 302
mfa_login_webauthn                   POST 302 302 302 302 302 302 302 302
usersessions_list                    GET  302 200 200 200 200 200 200 200
usersessions_list                    POST 302 302 302 302 302 302 302 302
learn:today                          GET  302 200 403 403 403 403 403 403
learn:today                          POST 302 405 405 405 405 405 405 405
learn:course                         GET  302 200 404 404 404 404 404 404
learn:course                         POST 302 405 405 405 405 405 405 405
learn:progress                       GET  302 200 404 404 404 404 404 404
learn:progress                       POST 302 405 405 405 405 405 405 405
learn:glossary                       GET  302 200 404 404 404 404 404 404
learn:glossary                       POST 302 405 405 405 405 405 405 405
learn:lesson                         GET  302 200 404 404 404 404 404 404
learn:lesson                         POST 302 405 405 405 405 405 405 405
learn:lesson_print                   GET  302 200 404 404 404 404 404 404
learn:lesson_print                   POST 302 405 405 405 405 405 405 405
learn:lesson_read                    GET  302 405 405 405 405 405 405 405
learn:lesson_read                    POST 302 303 404 404 404 404 404 404
learn:place                          GET  302 405 405 405 405 405 405 405
learn:place                          POST 302 400 404 404 404 404 404 404
learn:check                          GET  302 405 405 405 405 405 405 405
learn:check                          POST 302 400 404 404 404 404 404 404
learn:quiz                           GET  302 200 404 404 404 404 404 404
learn:quiz                           POST 302 405 405 405 405 405 405 405
learn:start                          GET  302 405 405 405 405 405 405 405
learn:start                          POST 302 303 404 404 404 404 404 404
learn:resume                         GET  302 302 404 404 404 404 404 404
learn:resume                         POST 302 405 405 405 405 405 405 405
learn:paper                          GET  302 200 404 404 404 404 404 404
learn:paper                          POST 302 405 405 405 405 405 405 405
learn:clock                          GET  302 200 404 404 404 404 404 404
learn:clock                          POST 302 405 405 405 405 405 405 405
learn:question                       GET  302 200 404 404 404 404 404 404
learn:question                       POST 302 400 404 404 404 404 404 404
learn:all_questions                  GET  302 200 404 404 404 404 404 404
learn:all_questions                  POST 302 400 404 404 404 404 404 404
learn:review                         GET  302 200 404 404 404 404 404 404
learn:review                         POST 302 405 405 405 405 405 405 405
learn:hand_in                        GET  302 405 405 405 405 405 405 405
learn:hand_in                        POST 302 303 404 404 404 404 404 404
learn:report                         GET  302 200 404 404 404 404 404 404
learn:report                         POST 302 400 404 404 404 404 404 404
learn:result                         GET  302 200 404 404 404 404 404 404
learn:result                         POST 302 405 405 405 405 405 405 405
learn:changed                        GET  302 200 404 404 404 404 404 404
learn:changed                        POST 302 405 405 405 405 405 405 405
learn:lesson_then                    GET  302 200 404 404 404 404 404 404
learn:lesson_then                    POST 302 405 405 405 405 405 405 405
learn:noted                          GET  302 405 405 405 405 405 405 405
learn:noted                          POST 302 303 404 404 404 404 404 404
learn:as_trainee                     GET  302 403 200 404 403 403 403 403
learn:as_trainee                     POST 302 405 405 405 405 405 405 405
teach:home                           GET  302 403 200 200 403 403 403 403
teach:home                           POST 302 405 405 405 405 405 405 405
teach:cohort                         GET  302 403 200 404 403 403 403 403
teach:cohort                         POST 302 405 405 405 405 405 405 405
teach:cohort_csv                     GET  302 403 200 404 403 403 403 403
teach:cohort_csv                     POST 302 405 405 405 405 405 405 405
teach:evidence                       GET  302 403 302 404 403 403 403 403
teach:evidence                       POST 302 405 405 405 405 405 405 405
teach:trainee                        GET  302 403 200 404 403 403 403 403
teach:trainee                        POST 302 405 405 405 405 405 405 405
teach:extra_time                     GET  302 403 200 404 403 403 403 403
teach:extra_time                     POST 302 403 200 404 403 403 403 403
teach:quizzes                        GET  302 403 200 404 403 403 403 403
teach:quizzes                        POST 302 405 405 405 405 405 405 405
teach:quiz_rules                     GET  302 403 200 404 403 403 403 403
teach:quiz_rules                     POST 302 403 400 404 403 403 403 403
teach:results                        GET  302 403 200 404 403 403 403 403
teach:results                        POST 302 405 405 405 405 405 405 405
teach:release                        GET  302 405 405 405 405 405 405 405
teach:release                        POST 302 403 302 404 403 403 403 403
teach:live                           GET  302 403 200 404 403 403 403 403
teach:live                           POST 302 405 405 405 405 405 405 405
teach:add_time                       GET  302 405 405 405 405 405 405 405
teach:add_time                       POST 302 403 400 404 403 403 403 403
teach:close                          GET  302 405 405 405 405 405 405 405
teach:close                          POST 302 403 400 404 403 403 403 403
teach:note                           GET  302 405 405 405 405 405 405 405
teach:note                           POST 302 403 400 404 403 403 403 403
teach:attempt                        GET  302 403 200 404 403 403 403 403
teach:attempt                        POST 302 405 405 405 405 405 405 405
teach:answers_file                   GET  302 403 200 404 403 403 403 403
teach:answers_file                   POST 302 403 400 404 403 403 403 403
teach:count_late                     GET  302 405 405 405 405 405 405 405
teach:count_late                     POST 302 403 400 404 403 403 403 403
teach:changed                        GET  302 403 200 404 403 403 403 403
teach:changed                        POST 302 405 405 405 405 405 405 405
teach:statistics                     GET  302 403 200 404 403 403 403 403
teach:statistics                     POST 302 405 405 405 405 405 405 405
teach:quiz_statistics                GET  302 403 200 404 403 403 403 403
teach:quiz_statistics                POST 302 405 405 405 405 405 405 405
teach:statistics_csv                 GET  302 403 200 404 403 403 403 403
teach:statistics_csv                 POST 302 405 405 405 405 405 405 405
teach:question_statistics            GET  302 403 200 404 403 403 403 403
teach:question_statistics            POST 302 405 405 405 405 405 405 405
teach:marking                        GET  302 403 200 200 403 403 403 403
teach:marking                        POST 302 405 405 405 405 405 405 405
teach:marking_question               GET  302 403 200 404 403 403 403 403
teach:marking_question               POST 302 405 405 405 405 405 405 405
teach:marking_next                   GET  302 405 405 405 405 405 405 405
teach:marking_next                   POST 302 403 302 404 403 403 403 403
teach:mark                           GET  302 403 200 404 403 403 403 403
teach:mark                           POST 302 403 400 404 403 403 403 403
teach:settle                         GET  302 403 302 404 403 403 403 403
teach:settle                         POST 302 403 302 404 403 403 403 403
teach:change_mark                    GET  302 403 302 404 403 403 403 403
teach:change_mark                    POST 302 403 302 404 403 403 403 403
teach:unveil                         GET  302 405 405 405 405 405 405 405
teach:unveil                         POST 302 403 302 404 403 403 403 403
teach:tickets                        GET  302 403 200 200 403 403 403 403
teach:tickets                        POST 302 405 405 405 405 405 405 405
teach:ticket                         GET  302 403 200 404 403 403 403 403
teach:ticket                         POST 302 403 400 404 403 403 403 403
teach:correct                        GET  302 403 200 200 200 200 403 403
teach:correct                        POST 302 403 422 422 422 422 403 403
teach:corrections                    GET  302 403 200 200 200 200 403 403
teach:corrections                    POST 302 405 405 405 405 405 405 405
teach:correction                     GET  302 403 200 200 200 200 403 403
teach:correction                     POST 302 405 405 405 405 405 405 405
teach:decide                         GET  302 405 405 405 405 405 405 405
teach:decide                         POST 302 403 422 422 422 422 403 403
teach:undo                           GET  302 403 200 200 200 200 403 403
teach:undo                           POST 302 403 422 422 422 422 403 403
author:home                          GET  302 403 403 403 200 200 403 403
author:home                          POST 302 403 403 403 405 405 403 403
author:download_all                  GET  302 403 403 403 200 200 403 403
author:download_all                  POST 302 403 403 403 405 405 403 403
author:course                        GET  302 403 403 403 200 200 403 403
author:course                        POST 302 403 403 403 405 405 403 403
author:download                      GET  302 403 403 403 200 200 403 403
author:download                      POST 302 403 403 403 405 405 403 403
author:edition                       GET  302 403 403 403 200 200 403 403
author:edition                       POST 302 403 403 403 405 405 403 403
author:document                      GET  302 403 403 403 200 200 403 403
author:document                      POST 302 403 403 403 405 405 403 403
author:preview                       GET  302 403 403 403 200 200 403 403
author:preview                       POST 302 403 403 403 400 400 403 403
author:samples                       GET  302 403 403 403 200 200 403 403
author:samples                       POST 302 403 403 403 405 405 403 403
author:hand_in                       GET  302 403 403 403 200 200 403 403
author:hand_in                       POST 302 403 403 403 422 422 403 403
author:delivery                      GET  302 403 403 403 200 200 403 403
author:delivery                      POST 302 403 403 403 405 405 403 403
author:publish                       GET  302 403 403 403 405 405 403 403
author:publish                       POST 302 403 403 403 422 422 403 403
author:withdraw                      GET  302 403 403 403 405 405 403 403
author:withdraw                      POST 302 403 403 403 302 302 403 403
author:statistics                    GET  302 403 403 403 200 200 403 403
author:statistics                    POST 302 403 403 403 405 405 403 403
author:quiz_statistics               GET  302 403 403 403 200 200 403 403
author:quiz_statistics               POST 302 403 403 403 405 405 403 403
author:statistics_csv                GET  302 403 403 403 200 200 403 403
author:statistics_csv                POST 302 403 403 403 405 405 403 403
author:question_statistics           GET  302 403 403 403 200 200 403 403
author:question_statistics           POST 302 403 403 403 405 405 403 403
oversee:home                         GET  302 403 403 403 200 403 200 403
oversee:home                         POST 302 405 405 405 405 405 405 405
oversee:mail                         GET  302 403 403 403 200 403 403 403
oversee:mail                         POST 302 405 405 405 405 405 405 405
oversee:people                       GET  302 403 403 403 200 403 200 403
oversee:people                       POST 302 405 405 405 405 405 405 405
oversee:person                       GET  302 403 403 403 200 403 200 403
oversee:person                       POST 302 405 405 405 405 405 405 405
oversee:invite                       GET  302 405 405 405 405 405 405 405
oversee:invite                       POST 302 403 403 403 200 403 200 403
oversee:deactivate                   GET  302 403 403 403 200 403 403 403
oversee:deactivate                   POST 302 403 403 403 200 403 403 403
oversee:reactivate                   GET  302 403 403 403 200 403 403 403
oversee:reactivate                   POST 302 403 403 403 200 403 403 403
oversee:enrolment                    GET  302 403 403 403 200 403 200 403
oversee:enrolment                    POST 302 405 405 405 405 405 405 405
oversee:withdraw                     GET  302 403 403 403 200 403 200 403
oversee:withdraw                     POST 302 403 403 403 200 403 200 403
oversee:cohort_new                   GET  302 403 403 403 200 403 200 403
oversee:cohort_new                   POST 302 403 403 403 200 403 200 403
oversee:cohort                       GET  302 403 403 403 200 403 200 403
oversee:cohort                       POST 302 405 405 405 405 405 405 405
oversee:staff                        GET  302 405 405 405 405 405 405 405
oversee:staff                        POST 302 403 403 403 404 403 404 403
oversee:unstaff                      GET  302 403 403 403 200 403 200 403
oversee:unstaff                      POST 302 403 403 403 302 403 302 403
oversee:cohort_edit                  GET  302 403 403 403 200 403 200 403
oversee:cohort_edit                  POST 302 403 403 403 200 403 200 403
oversee:cohort_move                  GET  302 403 403 403 200 403 200 403
oversee:cohort_move                  POST 302 403 403 403 422 403 422 403
oversee:readmit                      GET  302 405 405 405 405 405 405 405
oversee:readmit                      POST 302 403 403 403 302 403 302 403
oversee:rosters                      GET  302 403 403 403 200 403 200 403
oversee:rosters                      POST 302 405 405 405 405 405 405 405
oversee:roster_undo                  GET  302 403 403 403 200 403 200 403
oversee:roster_undo                  POST 302 403 403 403 302 403 302 403
oversee:enrol                        GET  302 405 405 405 405 405 405 405
oversee:enrol                        POST 302 403 403 403 404 403 404 403
oversee:roster                       GET  302 403 403 403 200 403 200 403
oversee:roster                       POST 302 403 403 403 200 403 200 403
oversee:roster_template              GET  302 403 403 403 200 403 200 403
oversee:roster_template              POST 302 405 405 405 405 405 405 405
oversee:roster_plan                  GET  302 403 403 403 200 403 200 403
oversee:roster_plan                  POST 302 403 403 403 302 403 302 403
oversee:roster_refused               GET  302 403 403 403 200 403 200 403
oversee:roster_refused               POST 302 405 405 405 405 405 405 405
oversee:units                        GET  302 403 403 403 200 403 200 403
oversee:units                        POST 302 405 405 405 405 405 405 405
oversee:unit_new                     GET  302 403 403 403 200 403 403 403
oversee:unit_new                     POST 302 403 403 403 200 403 403 403
oversee:unit                         GET  302 403 403 403 200 403 200 403
oversee:unit                         POST 302 405 405 405 405 405 405 405
oversee:unit_csv                     GET  302 403 403 403 200 403 200 403
oversee:unit_csv                     POST 302 405 405 405 405 405 405 405
oversee:appoint                      GET  302 405 405 405 405 405 405 405
oversee:appoint                      POST 302 403 403 403 404 403 403 403
oversee:dismiss                      GET  302 405 405 405 405 405 405 405
oversee:dismiss                      POST 302 403 403 403 404 403 403 403
"""
ROWS = {
    tuple(line.split()[:2]): tuple(int(status) for status in line.split()[2:])
    for line in TABLE.strip().splitlines()
    if not line.startswith("#")
}


class Undone(Exception):
    """Ends a request's own transaction, so that the next one finds the scene as it was."""


@pytest.fixture
def scene(thea, ines, otto, ada, aude, cole, sam, enrolment, unit):
    people = (thea, ines, otto, ada, aude, cole, sam)
    return build(dict(zip(CAST[1:], people, strict=True)), enrolment, unit)


def test_every_address_stands_in_the_table_for_both_methods():
    assert {name for name, _method in ROWS} == set(names())
    assert len(ROWS) == 2 * len(set(names()))


def test_every_row_tells_of_the_whole_cast():
    assert {len(statuses) for statuses in ROWS.values()} == {len(CAST)}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", CAST)
def test_each_of_the_cast_gets_just_what_the_table_says(scene, who, method):
    wrong = []
    for (name, way), statuses in ROWS.items():
        if way != method:
            continue
        expected = statuses[CAST.index(who)]
        try:
            with transaction.atomic():
                found = scene.status(who, name, method)
                raise Undone
        except Undone:
            if found != expected:
                wrong.append(f"{name}: {found}, not {expected}")
    assert wrong == []


@pytest.mark.parametrize("who", ["thea", "ines", "ada", "aude"])
def test_a_key_that_nobody_has_is_not_found(scene, who):
    """The same answer as for somebody else's: nothing tells that a thing exists."""
    for name, arguments in scene.arguments.items():
        if "key" in arguments and ":" in name and ROWS[name, "GET"][CAST.index(who)] in (200, 302):
            scene.arguments[name] = unknown(arguments)
            assert scene.status(who, name, "GET") == 404, name


@pytest.mark.parametrize("who", ["visitor", "thea", "ada", "aude"])
def test_without_a_token_no_address_takes_a_post(scene, who):
    """Also those that take none: the token is asked for before the view is, which answers 405.

    Where a delivery is handed in, who asks is looked at first, because the token comes in the body.
    """
    answers = {name: scene.status(who, name, "POST", token=False) for name in names()}
    sent_to_sign_in = {"author:hand_in": 302} if who == "visitor" else {}
    assert {name: status for name, status in answers.items() if status != 403} == sent_to_sign_in


def test_nothing_is_open_to_a_visitor_but_the_way_in():
    open_to_visitors = {
        name
        for (name, method), statuses in ROWS.items()
        if method == "GET" and statuses[0] == 200 and ":" in name
    }
    assert open_to_visitors == {
        "front:invitation",
        "front:display",
        "front:help",
        "front:help_topic",
        "front:healthz",
        "front:readyz",
        "front:offline",
        "front:service_worker",
    }
