from django.urls import path

from ipta.web.municipality import people, phases, second_factors, specialists, term

app_name = "municipality"
urlpatterns = [
    path("mensen/", people.people, name="people"),
    path("mensen/<int:post>/stopt/", people.leave, name="leave"),
    path("tweede-sleutels/", second_factors.second_factors, name="second_factors"),
    path("tweede-sleutels/<uuid:lost>/eraf/", second_factors.take_off, name="take_off"),
    path("tweede-sleutels/<uuid:lost>/toch-niet/", second_factors.call_found, name="call_found"),
    path("specialisten/", specialists.specialists, name="specialists"),
    path("specialisten/nieuw/", specialists.add_specialist, name="add_specialist"),
    path("specialisten/<uuid:specialist>/", specialists.change_specialist, name="change_specialist"),
    path("fasen/", phases.phases, name="phases"),
    path("fasen/<uuid:municipality>/", phases.names, name="name_phases"),
    path("termijn/<uuid:municipality>/", term.set_term, name="set_term"),
]
