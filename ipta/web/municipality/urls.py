from django.urls import path

from ipta.web.municipality import instruments, people, phases, second_factors, specialists, term, warnings

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
    path("vragenlijsten/", instruments.instruments, name="instruments"),
    path("vragenlijsten/nieuw/", instruments.load_instrument, name="load_instrument"),
    path("vragenlijsten/<uuid:version>/", instruments.instrument, name="instrument"),
    path("vragenlijsten/<uuid:version>/bestand/", instruments.take_out, name="take_out_instrument"),
    path("vragenlijsten/<uuid:version>/in-gebruik/", instruments.put_to_use, name="put_to_use"),
    path("vragenlijsten/<uuid:version>/uit-gebruik/", instruments.retire, name="retire"),
    path("vragenlijsten/<uuid:version>/weg/", instruments.discard, name="discard"),
    path("meldingen/", warnings.warnings, name="warnings"),
    path("fasen/", phases.phases, name="phases"),
    path("fasen/<uuid:municipality>/", phases.names, name="name_phases"),
    path("termijn/<uuid:municipality>/", term.set_term, name="set_term"),
]
