from django.conf import settings
from django.urls import include, path

from ipta.web import errors, home
from ipta.web.gallery import gallery

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("ipta.web.coach.urls")),
    path("ik/", include("ipta.web.youth.urls")),
    path("gemeente/wet/", include("ipta.web.law.urls")),
    path("gemeente/", include("ipta.web.municipality.urls")),
    path("hulp/", include("ipta.web.specialist.urls")),
    path("kom/", include("ipta.web.invited.urls")),
    path("meedenken/", include("ipta.web.second.urls")),
    path("lezen/", include("ipta.web.receiver.urls")),
    path("mee/", include("ipta.web.network.urls")),
    path("toezicht/", include("ipta.web.oversight.urls")),
    path("binnen/", include("ipta.web.entry.urls")),
    path("accounts/", include("ipta.web.account.urls")),
    path("taal/", include("django.conf.urls.i18n")),
    path("stijl/", gallery, name="gallery"),
]
if settings.DEMO or settings.TESTING:
    urlpatterns.append(path("proef/", include("ipta.web.demo.urls")))

handler400 = errors.bad_request
handler403 = errors.not_found
handler404 = errors.not_found
handler429 = errors.too_often  # asked for by allauth
handler500 = errors.fault
