from django.urls import path

from ipta.web.network import door, home, more, promised

app_name = "network"
urlpatterns = [
    path("", home.home, name="home"),
    path("papier/<uuid:pk>/", home.paper, name="paper"),
    path("vraag/", home.ask, name="ask"),
    path("beloofd/<uuid:pk>/", home.settle, name="settle"),
    path("ja/<uuid:pk>/", promised.take_on, name="take_on"),
    path("meer/", more.ask_more, name="ask_more"),
    path("waarom/<uuid:why>/", more.explain, name="explain"),
    path("verder/", door.again, name="again"),
    path("weg/", door.leave, name="leave"),
    path("<str:token>/", door.door, name="door"),
]
