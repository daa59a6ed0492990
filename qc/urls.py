"""Addresses of specifications, lots and results."""

from django.urls import path

from qc.views import lots, results, specifications

app_name = "qc"

specification_urls = [
    path("specifications/", specifications.specification_list, name="specification_list"),
    path("specifications/new/", specifications.specification_new, name="specification_new"),
    path("specifications/<uuid:pk>/", specifications.specification, name="specification"),
    path("specifications/<uuid:pk>/trail/", specifications.specification_trail, name="specification_trail"),
    path("specifications/<uuid:pk>/edit/", specifications.specification_edit, name="specification_edit"),
    path(
        "specifications/<uuid:pk>/revise/", specifications.specification_revise, name="specification_revise"
    ),
    path(
        "specifications/<uuid:pk>/withdraw/",
        specifications.specification_withdraw,
        name="specification_withdraw",
    ),
    path(
        "specifications/<uuid:pk>/approve/",
        specifications.specification_approve,
        name="specification_approve",
    ),
    path("specifications/<uuid:pk>/tests/new/", specifications.test_new, name="test_new"),
    path("specifications/<uuid:pk>/tests/take-over/", specifications.test_take_over, name="test_take_over"),
    path("specifications/<uuid:pk>/tests/remove/", specifications.test_remove, name="test_remove"),
    path("specifications/<uuid:pk>/tests/<uuid:test_pk>/", specifications.test_edit, name="test_edit"),
]
lot_urls = [
    path("lots/", lots.lot_list, name="lot_list"),
    path("lots/new/", lots.lot_new, name="lot_new"),
    path("lots/<uuid:pk>/", lots.lot, name="lot"),
    path("lots/<uuid:pk>/trail/", lots.lot_trail, name="lot_trail"),
    path("lots/<uuid:pk>/contact/", lots.lot_contact, name="lot_contact"),
    path("lots/<uuid:pk>/submit/", lots.lot_submit, name="lot_submit"),
    path("lots/<uuid:pk>/certify/", lots.lot_certify, name="lot_certify"),
    path("lots/<uuid:pk>/certify-final/", lots.lot_certify_final, name="lot_certify_final"),
    path("lots/<uuid:pk>/reject/", lots.lot_reject, name="lot_reject"),
    path("lots/<uuid:pk>/certificate/", lots.lot_certificate, name="lot_certificate"),
]
result_urls = [
    path("lots/<uuid:pk>/results/new/<uuid:test_pk>/", results.result_new, name="result_new"),
    path("lots/<uuid:pk>/results/<uuid:result_pk>/review/", results.result_review, name="result_review"),
    path("lots/<uuid:pk>/results/<uuid:result_pk>/correct/", results.result_correct, name="result_correct"),
]

urlpatterns = [*specification_urls, *lot_urls, *result_urls]
