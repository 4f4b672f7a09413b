from django.urls import path

from ipta.web.municipality import people, phases

app_name = "municipality"
urlpatterns = [
    path("mensen/", people.people, name="people"),
    path("mensen/<int:post>/stopt/", people.leave, name="leave"),
    path("fasen/", phases.phases, name="phases"),
    path("fasen/<uuid:municipality>/", phases.names, name="name_phases"),
]
