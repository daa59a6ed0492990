"""Addresses of candidates and their classification."""

from django.urls import path

from classification.views import assessments, precedents, regions, requests, rulesets

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
    path("<uuid:pk>/changes/", assessments.assessment_changes, name="assessment_changes"),
    path("<uuid:pk>/copy/", assessments.assessment_copy, name="assessment_copy"),
    path("<uuid:pk>/rationale/", assessments.assessment_rationale, name="assessment_rationale"),
    path("<uuid:pk>/regions/", regions.assessment_regions, name="assessment_regions"),
]

precedent_urls = [
    path("precedents/", precedents.precedent_list, name="precedent_list"),
    path("precedents/<uuid:pk>/", precedents.precedent, name="precedent"),
]

request_urls = [
    path("<uuid:pk>/request/", requests.request, name="request"),
    path("<uuid:pk>/request/pdf/", requests.request_pdf, name="request_pdf"),
    path("<uuid:pk>/request/docx/", requests.request_docx, name="request_docx"),
    path("<uuid:pk>/request/<slug:part>/", requests.request_part, name="request_part"),
]


ruleset_urls = [
    path("rules/", rulesets.ruleset_list, name="ruleset_list"),
]

urlpatterns = [*precedent_urls, *ruleset_urls, *assessment_urls, *request_urls]
