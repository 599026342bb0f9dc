"""The addresses of the authors' desk."""

from django.urls import path

from training.author.views import courses, deliveries, documents

app_name = "author"
urlpatterns = [
    path("", courses.home, name="home"),
    path("download/", courses.download_all, name="download_all"),
    path("courses/<slug:slug>/", courses.course, name="course"),
    path("courses/<slug:slug>/download/", courses.download, name="download"),
    path("courses/<slug:slug>/editions/<int:number>/", courses.edition, name="edition"),
    path("documents/<uuid:key>/", documents.document, name="document"),
    path("documents/<uuid:key>/preview/", documents.preview, name="preview"),
    path("hand-in/", deliveries.hand_in, name="hand_in"),
    path("deliveries/<uuid:key>/", deliveries.delivery, name="delivery"),
    path("deliveries/<uuid:key>/publish/", deliveries.publish, name="publish"),
    path("deliveries/<uuid:key>/withdraw/", deliveries.withdraw, name="withdraw"),
]
