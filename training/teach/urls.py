"""The instructor's pages. Everything in them belongs to a cohort that the person teaches."""

from django.urls import path

from training.teach.views import (
    answers_file,
    attempt,
    cohort,
    corrections,
    home,
    late_answers,
    live,
    marking,
    statistics,
    terms,
    tickets,
    trainee,
)

app_name = "teach"
urlpatterns = [
    path("", home.home, name="home"),
    path("cohorts/<uuid:key>/", cohort.cohort, name="cohort"),
    path("cohorts/<uuid:key>/cohort.csv", cohort.cohort_csv, name="cohort_csv"),
    # Short, because a page has hundreds of them.
    path("cohorts/<uuid:key>/<int:number>.<int:module>", cohort.evidence, name="evidence"),
    path("cohorts/<uuid:key>/trainees/<uuid:enrolment>/", trainee.trainee, name="trainee"),
    path(
        "cohorts/<uuid:key>/trainees/<uuid:enrolment>/time/",
        trainee.extra_time,
        name="extra_time",
    ),
    path("cohorts/<uuid:key>/quizzes/", terms.quizzes, name="quizzes"),
    path("cohorts/<uuid:key>/quizzes/<slug:slug>/", terms.quiz_rules, name="quiz_rules"),
    path("cohorts/<uuid:key>/quizzes/<slug:slug>/results/", terms.results, name="results"),
    path("cohorts/<uuid:key>/quizzes/<slug:slug>/release/", terms.release, name="release"),
    path("cohorts/<uuid:key>/live/", live.live, name="live"),
    path("cohorts/<uuid:key>/live/time/", live.add_time, name="add_time"),
    path("cohorts/<uuid:key>/live/close/", live.close, name="close"),
    path("cohorts/<uuid:key>/live/note/", live.note, name="note"),
    path("attempts/<uuid:key>/", attempt.attempt, name="attempt"),
    path("attempts/<uuid:key>/answers/", answers_file.answers_file, name="answers_file"),
    path("attempts/<uuid:key>/late/", late_answers.count_late, name="count_late"),
    path("attempts/<uuid:key>/changed/", attempt.changed, name="changed"),
    path("cohorts/<uuid:key>/statistics/", statistics.statistics, name="statistics"),
    path(
        "cohorts/<uuid:key>/statistics/<slug:quiz>/",
        statistics.quiz_statistics,
        name="quiz_statistics",
    ),
    path(
        "cohorts/<uuid:key>/statistics/<slug:quiz>/questions.csv",
        statistics.statistics_csv,
        name="statistics_csv",
    ),
    path(
        "cohorts/<uuid:key>/statistics/<slug:quiz>/<uuid:question>/<int:number>/",
        statistics.question_statistics,
        name="question_statistics",
    ),
    path("questions/<uuid:key>/correct/", corrections.correct, name="correct"),
    path("marking/", marking.marking, name="marking"),
    path("marking/<uuid:key>/<uuid:question>/", marking.marking_question, name="marking_question"),
    path("marking/<uuid:key>/<uuid:question>/next/", marking.marking_next, name="marking_next"),
    path("marking/sheets/<uuid:key>/", marking.mark, name="mark"),
    path("marking/sheets/<uuid:key>/settle/", marking.settle, name="settle"),
    path("marking/sheets/<uuid:key>/change/", marking.change_mark, name="change_mark"),
    path("marking/sheets/<uuid:key>/unveil/", marking.unveil, name="unveil"),
    path("tickets/", tickets.tickets, name="tickets"),
    path("tickets/<uuid:key>/", tickets.ticket, name="ticket"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<uuid:key>/", corrections.correction, name="correction"),
    path("corrections/<uuid:key>/decide/", corrections.decide, name="decide"),
    path("corrections/<uuid:key>/undo/", corrections.undo, name="undo"),
]
