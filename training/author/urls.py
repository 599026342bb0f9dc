"""The addresses of the authors' desk."""

from django.urls import path

from training.author.views import courses, deliveries, documents, statistics

app_name = "author"
urlpatterns = [
    path("", courses.home, name="home"),
    path("download/", courses.download_all, name="download_all"),
    path("courses/<slug:slug>/", courses.course, name="course"),
    path("courses/<slug:slug>/download/", courses.download, name="download"),
    path("courses/<slug:slug>/editions/<int:number>/", courses.edition, name="edition"),
    path("documents/<uuid:key>/", documents.document, name="document"),
    path("documents/<uuid:key>/samples/", documents.samples, name="samples"),
    path("documents/<uuid:key>/preview/", documents.preview, name="preview"),
    path("documents/<uuid:key>/statistics/", statistics.statistics, name="statistics"),
    path(
        "documents/<uuid:key>/statistics/<int:revision>/",
        statistics.quiz_statistics,
        name="quiz_statistics",
    ),
    path(
        "documents/<uuid:key>/statistics/<int:revision>/questions.csv",
        statistics.statistics_csv,
        name="statistics_csv",
    ),
    path(
        "documents/<uuid:key>/statistics/<int:revision>/<uuid:question>/<int:number>/",
        statistics.question_statistics,
        name="question_statistics",
    ),
    path("hand-in/", deliveries.hand_in, name="hand_in"),
    path("deliveries/<uuid:key>/", deliveries.delivery, name="delivery"),
    path("deliveries/<uuid:key>/publish/", deliveries.publish, name="publish"),
    path("deliveries/<uuid:key>/withdraw/", deliveries.withdraw, name="withdraw"),
]
