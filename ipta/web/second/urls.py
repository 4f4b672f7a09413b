from django.urls import path

from ipta.web.second import consultation

app_name = "second"
urlpatterns = [
    path("", consultation.asked, name="asked"),
    path("<uuid:consult>/", consultation.consultation, name="consultation"),
]
