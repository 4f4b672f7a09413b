from django.urls import path

from ipta.web.municipality import people, phases, second_factors, term

app_name = "municipality"
urlpatterns = [
    path("mensen/", people.people, name="people"),
    path("mensen/<int:post>/stopt/", people.leave, name="leave"),
    path("tweede-sleutels/", second_factors.second_factors, name="second_factors"),
    path("tweede-sleutels/<uuid:lost>/eraf/", second_factors.take_off, name="take_off"),
    path("tweede-sleutels/<uuid:lost>/toch-niet/", second_factors.call_found, name="call_found"),
    path("fasen/", phases.phases, name="phases"),
    path("fasen/<uuid:municipality>/", phases.names, name="name_phases"),
    path("termijn/<uuid:municipality>/", term.set_term, name="set_term"),
]
