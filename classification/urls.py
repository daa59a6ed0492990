"""Addresses of candidates and their classification."""

from django.urls import path

from classification import views

app_name = "classification"

urlpatterns = [
    path("", views.assessment_list, name="assessment_list"),
    path("new/", views.assessment_new, name="assessment_new"),
    path("<uuid:pk>/", views.assessment, name="assessment"),
    path("<uuid:pk>/description/", views.assessment_describe, name="assessment_describe"),
    path("<uuid:pk>/questions/", views.question_next, name="question_next"),
    path("<uuid:pk>/questions/<slug:key>/", views.question, name="question"),
    path("<uuid:pk>/check/", views.assessment_check, name="assessment_check"),
    path("<uuid:pk>/finalise/", views.assessment_finalise, name="assessment_finalise"),
    path("<uuid:pk>/revise/", views.assessment_revise, name="assessment_revise"),
    path("<uuid:pk>/rationale/", views.assessment_rationale, name="assessment_rationale"),
]
