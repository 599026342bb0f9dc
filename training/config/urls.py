"""Every address of the site, by desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("training.front.urls")),
    path("accounts/", include("allauth.urls")),
    path("learn/", include("training.learn.urls")),
    path("teach/", include("training.teach.urls")),
    path("author/", include("training.author.urls")),
    path("oversee/", include("training.oversee.urls")),
]

handler400 = "training.front.views.errors.unreadable"
handler429 = "training.front.views.errors.too_many"
handler500 = "training.front.views.errors.server_error"
