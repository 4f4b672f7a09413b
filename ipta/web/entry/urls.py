from django.urls import path

from ipta.web.entry import views

app_name = "entry"
urlpatterns = [
    path("", views.code, name="code"),
    path("kiezen/", views.choose, name="choose"),
    path("pin/", views.pin, name="pin"),
    path("nieuw/", views.other, name="other"),
    path("weg/", views.away, name="away"),
]
