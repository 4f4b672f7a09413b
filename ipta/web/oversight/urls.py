from django.urls import path

from ipta.web.oversight import warnings, week, weeks

app_name = "oversight"
urlpatterns = [
    path("", weeks.municipalities, name="municipalities"),
    path("<uuid:municipality>/", weeks.weeks, name="weeks"),
    path("<uuid:municipality>/meldingen/", warnings.warnings, name="warnings"),
    path("<uuid:municipality>/<int:year>/<int:week>/", week.week, name="week"),
    path("<uuid:municipality>/<int:year>/<int:week>/oordeel/", week.judge, name="judge"),
    path("<uuid:municipality>/<int:year>/<int:week>/tekenen/", week.sign, name="sign"),
]
