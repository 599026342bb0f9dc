"""The pages of admins and of those who answer for a unit. A coordinator sees own branches only."""

from django.urls import path

from training.oversee.views import (
    cohorts,
    editing,
    enrolments,
    home,
    mail,
    people,
    roster_history,
    rosters,
    units,
)

app_name = "oversee"
urlpatterns = [
    path("", home.home, name="home"),
    path("mail/", mail.mail, name="mail"),
    path("people/", people.people, name="people"),
    path("people/<uuid:key>/", people.person, name="person"),
    path("people/<uuid:key>/invite/", people.invite, name="invite"),
    path("people/<uuid:key>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<uuid:key>/reactivate/", people.reactivate, name="reactivate"),
    path("enrolments/<uuid:key>/", enrolments.enrolment, name="enrolment"),
    path("enrolments/<uuid:key>/withdraw/", enrolments.withdraw, name="withdraw"),
    path("enrolments/<uuid:key>/readmit/", enrolments.readmit, name="readmit"),
    path("cohorts/new/", cohorts.cohort_new, name="cohort_new"),
    path("cohorts/<uuid:key>/", cohorts.cohort, name="cohort"),
    path("cohorts/<uuid:key>/staff/", cohorts.staff, name="staff"),
    path("cohorts/<uuid:key>/staff/<uuid:person>/remove/", editing.unstaff, name="unstaff"),
    path("cohorts/<uuid:key>/edit/", editing.cohort_edit, name="cohort_edit"),
    path("cohorts/<uuid:key>/move/", editing.cohort_move, name="cohort_move"),
    path("cohorts/<uuid:key>/enrol/", cohorts.enrol, name="enrol"),
    path("cohorts/<uuid:key>/roster/", rosters.roster, name="roster"),
    path("cohorts/<uuid:key>/rosters/", roster_history.rosters, name="rosters"),
    path("roster-template.csv", rosters.roster_template, name="roster_template"),
    path("rosters/<uuid:key>/", rosters.roster_plan, name="roster_plan"),
    path("rosters/<uuid:key>/undo/", roster_history.roster_undo, name="roster_undo"),
    path("rosters/<uuid:key>/refused.csv", rosters.roster_refused, name="roster_refused"),
    path("units/", units.units, name="units"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/<uuid:key>/", units.unit, name="unit"),
    path("units/<uuid:key>/unit.csv", units.unit_csv, name="unit_csv"),
    path("units/<uuid:key>/appoint/", units.appoint, name="appoint"),
    path("units/<uuid:key>/dismiss/", units.dismiss, name="dismiss"),
]
