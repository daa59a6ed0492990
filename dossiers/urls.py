"""Addresses of products, dossiers and reviews."""

from django.urls import path

from dossiers.views import (
    answers,
    checklists,
    combined,
    conclusions,
    conformity,
    documents,
    dossiers,
    filings,
    gsprs,
    members,
    owners,
    packages,
    people,
    products,
    questions,
    reclassification,
    reports,
    requirements,
    reviews,
    sections,
    sequences,
    texts,
    threads,
    uploads,
)

app_name = "dossiers"

product_urls = [
    path("products/", products.product_list, name="product_list"),
    path("products/new/", products.product_new, name="product_new"),
    path("products/<uuid:pk>/", products.product, name="product"),
    path("products/<uuid:pk>/adopt/", products.product_adopt, name="product_adopt"),
]
dossier_urls = [
    path("dossiers/", dossiers.dossier_list, name="dossier_list"),
    path("dossiers/new/", dossiers.dossier_new, name="dossier_new"),
    path("dossiers/<uuid:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<uuid:pk>/sections/", dossiers.section_first, name="section_first"),
    path("dossiers/<uuid:pk>/sections/<str:number>/", dossiers.section, name="section"),
    path("dossiers/<uuid:pk>/class/", reclassification.dossier_class, name="dossier_class"),
    path("dossiers/<uuid:pk>/restructure/", reclassification.dossier_restructure, name="restructure"),
    path("dossiers/<uuid:pk>/trail/", dossiers.trail, name="trail"),
]
section_urls = [
    path("dossiers/<uuid:pk>/sections/<str:number>/notes/", sections.section_notes, name="section_notes"),
    path(
        "dossiers/<uuid:pk>/sections/<str:number>/editing/", sections.section_editing, name="section_editing"
    ),
    path("dossiers/<uuid:pk>/sections/<str:number>/repeat/", sections.section_repeat, name="section_repeat"),
    path("dossiers/<uuid:pk>/sections/<str:number>/name/", sections.section_name, name="section_name"),
    path(
        "dossiers/<uuid:pk>/sections/<str:number>/take-out/",
        sections.section_take_out,
        name="section_take_out",
    ),
    path(
        "dossiers/<uuid:pk>/requirements/<uuid:requirement_pk>/editing/",
        sections.requirement_editing,
        name="requirement_editing",
    ),
]
requirement_urls = [
    path("dossiers/<uuid:pk>/requirements/", checklists.requirement_list, name="requirement_list"),
    path("dossiers/<uuid:pk>/requirements/matrix/", checklists.requirement_matrix, name="requirement_matrix"),
    path(
        "dossiers/<uuid:pk>/requirements/answer/", checklists.requirements_answer, name="requirements_answer"
    ),
    path("dossiers/<uuid:pk>/requirements/export/", checklists.requirement_export, name="requirement_export"),
    path(
        "dossiers/<uuid:pk>/requirements/<uuid:requirement_pk>/",
        requirements.requirement_answer,
        name="requirement_answer",
    ),
]
document_urls = [
    path("dossiers/<uuid:pk>/documents/", documents.document_list, name="document_list"),
    path(
        "dossiers/<uuid:pk>/sections/<str:number>/documents/new/",
        documents.document_add,
        name="document_add",
    ),
    path("dossiers/<uuid:pk>/documents/<uuid:document_pk>/", documents.document, name="document"),
    path(
        "dossiers/<uuid:pk>/documents/<uuid:document_pk>/versions/new/",
        documents.version_add,
        name="version_add",
    ),
    path(
        "dossiers/<uuid:pk>/documents/<uuid:document_pk>/remove/",
        documents.document_remove,
        name="document_remove",
    ),
    path(
        "dossiers/<uuid:pk>/documents/<uuid:document_pk>/append/",
        documents.document_append,
        name="document_append",
    ),
    path(
        "dossiers/<uuid:pk>/documents/<uuid:document_pk>/keep/",
        documents.document_keep,
        name="document_keep",
    ),
    path(
        "dossiers/<uuid:pk>/documents/<uuid:document_pk>/compare/",
        texts.document_compare,
        name="document_compare",
    ),
    path("dossiers/<uuid:pk>/search/", texts.search, name="search"),
    path("dossiers/<uuid:pk>/files/<uuid:version_pk>/", documents.version_file, name="version_file"),
]
upload_urls = [
    path("dossiers/<uuid:pk>/documents/add/", uploads.documents_add, name="documents_add"),
    path("dossiers/<uuid:pk>/documents/add/place/", uploads.documents_place, name="documents_place"),
    path("dossiers/<uuid:pk>/uploads/", uploads.upload_start, name="upload_start"),
    path("dossiers/<uuid:pk>/uploads/<uuid:upload_pk>/", uploads.upload, name="upload"),
    path(
        "dossiers/<uuid:pk>/uploads/<uuid:upload_pk>/discard/", uploads.upload_discard, name="upload_discard"
    ),
]
filing_urls = [
    path("dossiers/<uuid:pk>/file/", filings.filing_new, name="file"),
    path("dossiers/<uuid:pk>/filings/compare/", filings.filing_compare, name="filing_compare"),
    path("dossiers/<uuid:pk>/filings/<uuid:filing_pk>/", filings.filing, name="filing"),
    path(
        "dossiers/<uuid:pk>/filings/<uuid:filing_pk>/receipt/", filings.filing_receipt, name="filing_receipt"
    ),
    path(
        "dossiers/<uuid:pk>/filings/<uuid:filing_pk>/package/",
        packages.filing_package,
        name="filing_package",
    ),
    path("dossiers/<uuid:pk>/package/", packages.package, name="package"),
    path("dossiers/<uuid:pk>/package/draft/", packages.package_draft, name="package_draft"),
    path("dossiers/<uuid:pk>/next/", sequences.next_sequence, name="next_sequence"),
    path("dossiers/<uuid:pk>/next/open/", sequences.open_next, name="open_next"),
    path("dossiers/<uuid:pk>/next/look/", sequences.look_at, name="look_at"),
    path("dossiers/<uuid:pk>/next/drop/", sequences.drop_next, name="drop_next"),
    path("dossiers/<uuid:pk>/withdraw/", filings.dossier_withdraw, name="withdraw"),
]
review_urls = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("dossiers/<uuid:pk>/validate/", reviews.dossier_validate, name="validate"),
    path("dossiers/<uuid:pk>/send-back/", reviews.dossier_send_back, name="send_back"),
    path("dossiers/<uuid:pk>/start-review/", reviews.dossier_start_review, name="start_review"),
    path("dossiers/<uuid:pk>/people/", people.people, name="people"),
    path("dossiers/<uuid:pk>/people/assign/", people.assign, name="assign"),
    path("dossiers/<uuid:pk>/people/<uuid:assignment_pk>/end/", people.assignment_end, name="assignment_end"),
]
member_urls = [
    path("dossiers/<uuid:pk>/people/colleagues/invite/", members.member_invite, name="member_invite"),
    path("dossiers/<uuid:pk>/people/helpers/invite/", members.helper_invite, name="helper_invite"),
    path(
        "dossiers/<uuid:pk>/people/colleagues/<uuid:member_pk>/", members.member_change, name="member_change"
    ),
    path("dossiers/<uuid:pk>/people/colleagues/<uuid:member_pk>/end/", members.member_end, name="member_end"),
    path("dossiers/<uuid:pk>/sections/<str:number>/owner/", owners.section_owner, name="section_owner"),
]
thread_urls = [
    path("dossiers/<uuid:pk>/threads/", threads.thread_list, name="thread_list"),
    path("dossiers/<uuid:pk>/threads/new/", threads.thread_new, name="thread_new"),
    path("dossiers/<uuid:pk>/threads/<uuid:thread_pk>/reply/", threads.thread_reply, name="thread_reply"),
    path(
        "dossiers/<uuid:pk>/threads/<uuid:thread_pk>/resolve/", threads.thread_resolve, name="thread_resolve"
    ),
    path("dossiers/<uuid:pk>/threads/<uuid:thread_pk>/reopen/", threads.thread_reopen, name="thread_reopen"),
]
question_urls = [
    path("dossiers/<uuid:pk>/questions/", questions.question_list, name="question_list"),
    path("dossiers/<uuid:pk>/questions/new/", questions.question_new, name="question_new"),
    path("dossiers/<uuid:pk>/questions/send/", questions.send_questions, name="send_questions"),
    path("dossiers/<uuid:pk>/responses/send/", answers.send_responses, name="send_responses"),
    path("dossiers/<uuid:pk>/questions/<uuid:question_pk>/", questions.question, name="question"),
    path(
        "dossiers/<uuid:pk>/questions/<uuid:question_pk>/reword/",
        questions.question_reword,
        name="question_reword",
    ),
    path(
        "dossiers/<uuid:pk>/questions/<uuid:question_pk>/withdraw/",
        questions.question_withdraw,
        name="question_withdraw",
    ),
    path(
        "dossiers/<uuid:pk>/questions/<uuid:question_pk>/answer/",
        answers.question_answer,
        name="question_answer",
    ),
    path(
        "dossiers/<uuid:pk>/questions/<uuid:question_pk>/accept/",
        questions.question_accept,
        name="question_accept",
    ),
    path(
        "dossiers/<uuid:pk>/questions/<uuid:question_pk>/reject/",
        questions.question_reject,
        name="question_reject",
    ),
    path(
        "dossiers/<uuid:pk>/questions/<uuid:question_pk>/follow-up/",
        questions.question_follow_up,
        name="question_follow_up",
    ),
]
conclusion_urls = [
    path("dossiers/<uuid:pk>/parts/<slug:kind>/", conclusions.part, name="part"),
    path("dossiers/<uuid:pk>/parts/<slug:kind>/conclude/", conclusions.part_conclude, name="part_conclude"),
    path("dossiers/<uuid:pk>/parts/<slug:kind>/reopen/", conclusions.part_reopen, name="part_reopen"),
    path("dossiers/<uuid:pk>/conclude/", conclusions.dossier_conclude, name="conclude"),
]
combined_urls = [
    path("dossiers/<uuid:pk>/combined/", combined.overview, name="combined"),
    path("dossiers/<uuid:pk>/combined/gspr/", gsprs.gspr_list, name="gspr_list"),
    path("dossiers/<uuid:pk>/combined/gspr/set-aside/", gsprs.gspr_set_aside, name="gspr_set_aside"),
    path("dossiers/<uuid:pk>/combined/gspr/answer/", gsprs.gsprs_answer, name="gsprs_answer"),
    path("dossiers/<uuid:pk>/combined/gspr/<uuid:gspr_pk>/", gsprs.gspr, name="gspr"),
    path("dossiers/<uuid:pk>/combined/matrix/", combined.matrix, name="combined_matrix"),
    path("dossiers/<uuid:pk>/combined/conditions/new/", conformity.condition_new, name="condition_new"),
    path(
        "dossiers/<uuid:pk>/combined/conditions/<uuid:condition_pk>/", conformity.condition, name="condition"
    ),
    path(
        "dossiers/<uuid:pk>/combined/conformity/<slug:verb>/",
        conformity.conformity_move,
        name="conformity_move",
    ),
    path("dossiers/<uuid:pk>/combined/<slug:block>/", combined.block, name="combined_block"),
]
report_urls = [
    path("dossiers/<uuid:pk>/reports/", reports.dossier_reports, name="dossier_reports"),
    path("dossiers/<uuid:pk>/reports/status/", reports.status_report, name="status_report"),
    path("dossiers/<uuid:pk>/reports/review/", reports.review_report, name="review_report"),
]

urlpatterns = [
    *product_urls,
    *dossier_urls,
    *section_urls,
    *requirement_urls,
    *document_urls,
    *upload_urls,
    *filing_urls,
    *review_urls,
    *member_urls,
    *thread_urls,
    *question_urls,
    *conclusion_urls,
    *combined_urls,
    *report_urls,
]
