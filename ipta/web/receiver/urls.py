from django.urls import path

from ipta.web.receiver import letter

app_name = "receiver"
urlpatterns = [
    path("<str:token>/", letter.letter, name="letter"),
]
