"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from atmp_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("tasks/", views.task_list, name="task_list"),
    path("search/", views.search, name="search"),
    path("reports/", views.report_list, name="report_list"),
    path("reports/<uuid:pk>/", views.report_download, name="report_download"),
    path("jobs/<uuid:pk>/", views.job, name="job"),
    path("jobs/<uuid:pk>/retry/", views.job_retry, name="job_retry"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("account/", include("accounts.urls")),
    path("candidates/", include("classification.urls")),
    path("", include("dossiers.urls")),
    path("quality/", include("qc.urls")),
    path("admin/", admin.site.urls),
]
