from django.urls import path

from ipta.web.invited import invitation

app_name = "invited"
urlpatterns = [
    path("<str:token>/", invitation.invitation, name="invitation"),
]
