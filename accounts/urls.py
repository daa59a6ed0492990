"""Addresses of login, account, inbox and invitations."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("", views.account, name="account"),
    path("password/", views.password_change, name="password_change"),
    path("password/forgotten/", views.password_reset, name="password_reset"),
    path("password/forgotten/sent/", views.password_reset_sent, name="password_reset_sent"),
    path("password/new/<uidb64>/<token>/", views.password_reset_confirm, name="password_reset_confirm"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.inbox_read_all, name="inbox_read_all"),
    path("inbox/<uuid:pk>/", views.notice, name="notice"),
]
