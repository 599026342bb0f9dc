"""Pages for anyone: the way in, help, and whether the site is well."""

from django.urls import path

from training.front.views import again, consent, display, health, help, home, invitation, offline

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("join/<str:token>/", invitation.invitation, name="invitation"),
    path("consent/", consent.consent, name="consent"),
    path("again/", again.again, name="again"),
    path("display/", display.display, name="display"),
    path("help/", help.help, name="help"),
    path("help/<slug:topic>/", help.help_topic, name="help_topic"),
    path("offline/", offline.offline, name="offline"),
    # At the root, because a script governs the addresses below its own.
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
