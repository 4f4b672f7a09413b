from django.urls import include, path

from ipta.web.law import erasure, grounds, home, proofs, register, terms

app_name = "law"
of_a_municipality = [
    path("", home.home, name="home"),
    path("bewaren/", terms.terms, name="terms"),
    path("bewaren/<slug:record>/", terms.term, name="term"),
    path("bewaren/<slug:record>/anders/", terms.choose_term, name="choose_term"),
    path("gronden/", grounds.grounds, name="grounds"),
    path("gronden/<slug:purpose>/", grounds.ground, name="ground"),
    path("gronden/<slug:purpose>/anders/", grounds.state_ground, name="state_ground"),
    path("wissen/", erasure.erasure, name="erasure"),
    path("wissen/<uuid:wish>/vragen/", erasure.ask_erasure, name="ask_erasure"),
    path("wissen/<uuid:wish>/akkoord/", erasure.agree_erasure, name="agree_erasure"),
    path("wissen/<uuid:wish>/niet/", erasure.refuse_erasure, name="refuse_erasure"),
    path("pauze/", erasure.ask_hold, name="ask_hold"),
    path("pauze/<uuid:hold>/akkoord/", erasure.agree_hold, name="agree_hold"),
    path("pauze/<uuid:hold>/stopt/", erasure.end_hold, name="end_hold"),
    path("bewijs/", proofs.proofs, name="proofs"),
    path("bewijs/<uuid:proof>/", proofs.proof, name="proof"),
    path("bewijs/<uuid:proof>/papier.pdf", proofs.proof_pdf, name="proof_pdf"),
    path("register/", register.register, name="register"),
    path("register/papier.pdf", register.register_pdf, name="register_pdf"),
    path("dpia/", register.dpia, name="dpia"),
    path("dpia/papier.pdf", register.dpia_pdf, name="dpia_pdf"),
]
urlpatterns = [
    path("", home.towns, name="towns"),
    path("<uuid:municipality>/", include(of_a_municipality)),
]
