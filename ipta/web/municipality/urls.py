from django.urls import path

from ipta.web.municipality import people

app_name = "municipality"
urlpatterns = [
    path("mensen/", people.people, name="people"),
    path("mensen/<int:post>/stopt/", people.leave, name="leave"),
]
