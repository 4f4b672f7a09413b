from django.urls import path

from ipta.web.specialist import question

app_name = "specialist"
urlpatterns = [
    path("<str:token>/", question.question, name="question"),
]
