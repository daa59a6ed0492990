"""Addresses of specifications, lots and results."""

from django.urls import path

from qc import views

app_name = "qc"

specification_urls = [
    path("specifications/", views.specification_list, name="specification_list"),
    path("specifications/new/", views.specification_new, name="specification_new"),
    path("specifications/<uuid:pk>/", views.specification, name="specification"),
    path("specifications/<uuid:pk>/tests/new/", views.test_new, name="test_new"),
    path("specifications/<uuid:pk>/tests/<uuid:test_pk>/", views.test_edit, name="test_edit"),
    path("specifications/<uuid:pk>/approve/", views.specification_approve, name="specification_approve"),
]
lot_urls = [
    path("lots/", views.lot_list, name="lot_list"),
    path("lots/new/", views.lot_new, name="lot_new"),
    path("lots/<uuid:pk>/", views.lot, name="lot"),
    path("lots/<uuid:pk>/results/new/<uuid:test_pk>/", views.result_new, name="result_new"),
    path("lots/<uuid:pk>/results/<uuid:result_pk>/review/", views.result_review, name="result_review"),
    path("lots/<uuid:pk>/submit/", views.lot_submit, name="lot_submit"),
    path("lots/<uuid:pk>/certify/", views.lot_certify, name="lot_certify"),
    path("lots/<uuid:pk>/certify-final/", views.lot_certify_final, name="lot_certify_final"),
    path("lots/<uuid:pk>/reject/", views.lot_reject, name="lot_reject"),
]

urlpatterns = [*specification_urls, *lot_urls]
