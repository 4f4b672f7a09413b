from django.urls import include, path

from ipta.web import errors, home

urlpatterns = [
    path("", home.home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("taal/", include("django.conf.urls.i18n")),
]

handler400 = errors.bad_request
handler403 = errors.not_found
handler404 = errors.not_found
handler500 = errors.fault
