from django.urls import path

from ipta.web.demo.cast import cast

app_name = "demo"
urlpatterns = [path("", cast, name="cast")]
