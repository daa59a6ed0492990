"""Addresses of candidates and their classification."""

from django.urls import path

from classification.views import assessments, regions, rulesets

app_name = "classification"

assessment_urls = [
    path("", assessments.assessment_list, name="assessment_list"),
    path("new/", assessments.assessment_new, name="assessment_new"),
    path("<uuid:pk>/", assessments.assessment, name="assessment"),
    path("<uuid:pk>/description/", assessments.assessment_describe, name="assessment_describe"),
    path("<uuid:pk>/questions/", assessments.question_next, name="question_next"),
    path("<uuid:pk>/questions/<slug:key>/", assessments.question, name="question"),
    path("<uuid:pk>/check/", assessments.assessment_check, name="assessment_check"),
    path("<uuid:pk>/finalise/", assessments.assessment_finalise, name="assessment_finalise"),
    path("<uuid:pk>/revise/", assessments.assessment_revise, name="assessment_revise"),
    path("<uuid:pk>/regions/", regions.assessment_regions, name="assessment_regions"),
    path("<uuid:pk>/rationale/", assessments.assessment_rationale, name="assessment_rationale"),
]

ruleset_urls = [
    path("rules/", rulesets.ruleset_list, name="ruleset_list"),
]

urlpatterns = [*assessment_urls, *ruleset_urls]
