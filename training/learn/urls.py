"""The pages of a trainee. Keys are those of an enrolment (courses), an attempt or a notice."""

from django.urls import path

from training.learn.views import (
    all_questions,
    course,
    lesson,
    looking,
    notices,
    question,
    quiz,
    result,
    saving,
    since,
)

COURSE = "courses/<uuid:key>/"
LESSON = COURSE + "lessons/<slug:slug>/"
QUIZ = COURSE + "quizzes/<slug:slug>/"
ATTEMPT = "attempts/<uuid:key>/"

app_name = "learn"
urlpatterns = [
    path("", course.today, name="today"),
    path(COURSE, course.course, name="course"),
    path(COURSE + "progress/", course.progress, name="progress"),
    path(COURSE + "glossary/", course.glossary, name="glossary"),
    path(LESSON, lesson.lesson, name="lesson"),
    path(LESSON + "print/", lesson.lesson_print, name="lesson_print"),
    path(LESSON + "read/", lesson.lesson_read, name="lesson_read"),
    path(LESSON + "place/", lesson.place, name="place"),
    path(LESSON + "checks/<slug:question>/", lesson.check, name="check"),
    path(QUIZ, quiz.quiz, name="quiz"),
    path(QUIZ + "start/", quiz.start, name="start"),
    path(ATTEMPT, question.resume, name="resume"),
    path(ATTEMPT + "paper/", saving.paper, name="paper"),
    path(ATTEMPT + "clock/", saving.clock, name="clock"),
    path(ATTEMPT + "<int:position>/", question.question, name="question"),
    path(ATTEMPT + "all/", all_questions.all_questions, name="all_questions"),
    path(ATTEMPT + "review/", question.review, name="review"),
    path(ATTEMPT + "hand-in/", question.hand_in, name="hand_in"),
    path(ATTEMPT + "result/", result.result, name="result"),
    path(ATTEMPT + "changed/", since.changed, name="changed"),
    path(ATTEMPT + "lessons/<slug:slug>/", since.lesson_then, name="lesson_then"),
    path(ATTEMPT + "<int:position>/report/", result.report, name="report"),
    path("as-trainee/<uuid:key>/<slug:slug>/", looking.as_trainee, name="as_trainee"),
    path("notices/<uuid:key>/noted/", notices.noted, name="noted"),
]
