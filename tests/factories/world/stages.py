"""A dossier at every point of its way, with all that can be done there."""

from datetime import date, timedelta

from accounts.models import Organisation
from accounts.roles import Role
from dossiers import uploads
from dossiers.actions import (
    contexts,
    documents,
    gsprs,
    members,
    notes,
    requirements,
    sections,
    sequences,
    threads,
)
from dossiers.actions import uploads as bringing
from dossiers.models import Dossier, Product, Requirement
from dossiers.models.dossiers import today_at_the_site
from dossiers.statuses import (
    Discipline,
    DossierStatus,
    Duty,
    MemberRole,
    PartKind,
    RequirementState,
    ThreadAudience,
)
from tests.factories import combined, dossiers, people, reviews
from tests.factories.world.keys import SECTION, Keys


def before_the_review(product: Product) -> dict[str, Keys]:
    """A dossier ready to be filed, a filed one, and one whose clock can start."""
    ready = {"pk": dossiers.make_ready(dossiers.dossier(product)).pk}
    filed = reviews.dossier_at(DossierStatus.FILED, of=product)
    validated = reviews.dossier_at(DossierStatus.VALIDATED, of=product)
    reviews.assign(filed)
    sequences.open_next(filed, by=reviews.sponsor_lead(filed))
    reviews.assign(validated)
    reviews.assign(validated, reviews.reviewer("Eva Rossi"), Duty.ASSESSOR, Discipline.DEVICE)
    return {
        "dossiers:section_first": ready,
        "dossiers:file": ready,
        "dossiers:validate": {"pk": filed.pk},
        "dossiers:look_at": {"pk": filed.pk},
        "dossiers:drop_next": {"pk": filed.pk},
        "dossiers:send_back": {"pk": filed.pk},
        "dossiers:start_review": {"pk": validated.pk},
    }


def classified_anew(norvia: Organisation) -> dict[str, Keys]:
    """A draft whose product was classified as something else since."""
    product = dossiers.product(norvia, outcome="TEP", name="Chondrafix Solo")
    behind = {"pk": dossiers.dossier(product).pk}
    dossiers.reclassified(product, "combined-TEP")
    return {"dossiers:dossier_class": behind, "dossiers:restructure": behind}


def in_review(dossier: Dossier) -> dict[str, Keys]:
    """A dossier with a question on the draft list, parts at work and comments for three kinds of readers."""
    here = {"pk": dossier.pk}
    question = {**here, "question_pk": reviews.question(dossier, text="Justify the pooling of donors.").pk}
    reviews.write_part(dossier, PartKind.MEDICINAL, text="The data bear the claim.")
    reviews.conclude_part(reviews.write_part(dossier, PartKind.DEVICE))
    part = {**here, "kind": PartKind.MEDICINAL}
    shared = reviews.thread(dossier, audience=ThreadAudience.SPONSOR_AND_REVIEW, text="Page 1 is blank.")
    return {
        "dossiers:dossier": here,
        "dossiers:version_file": {**here, "version_pk": reviews.version_of(dossier).pk},
        "dossiers:filing": {**here, "filing_pk": dossier.filings.get().pk},
        "dossiers:filing_receipt": {**here, "filing_pk": dossier.filings.get().pk},
        "dossiers:filing_package": {**here, "filing_pk": dossier.filings.get().pk},
        "dossiers:filing_compare": here,
        "dossiers:package": here,
        "dossiers:package_draft": here,
        "dossiers:next_sequence": here,
        "dossiers:open_next": here,
        "dossiers:withdraw": here,
        "dossiers:people": here,
        "dossiers:assign": here,
        "dossiers:assignment_end": {
            **here,
            "assignment_pk": dossier.assignments.get(duty=Duty.ASSESSOR).pk,
        },
        **_colleagues(dossier),
        "dossiers:thread_list": here,
        "dossiers:thread_new": here,
        "dossiers:thread_reply": {**here, "thread_pk": shared.pk},
        **_comments_among_colleagues(dossier),
        "dossiers:question_list": here,
        "dossiers:question_new": here,
        "dossiers:send_questions": here,
        "dossiers:question_reword": question,
        "dossiers:question_withdraw": question,
        "dossiers:part": part,
        "dossiers:part_conclude": part,
        "dossiers:part_reopen": {**here, "kind": PartKind.DEVICE},
        "dossiers:trail": here,
        "dossiers:dossier_reports": here,
        "dossiers:status_report": here,
        "dossiers:review_report": here,
    }


def _colleagues(dossier: Dossier) -> dict[str, Keys]:
    """A helper from outside who reads this dossier, and a section that somebody can own."""
    here = {"pk": dossier.pk}
    lead = reviews.sponsor_lead(dossier)
    helper = people.person("Hugo Lindqvist", dossier.organisation, Role.HELPER)
    last_day = today_at_the_site() + timedelta(days=30)
    member = members.invite(dossier, helper, role=MemberRole.READER, ends_on=last_day, by=lead)
    invited = {**here, "member_pk": member.pk}
    return {
        "dossiers:member_invite": here,
        "dossiers:helper_invite": here,
        "dossiers:member_change": invited,
        "dossiers:member_end": invited,
        "dossiers:section_owner": {**here, "number": SECTION},
    }


def _comments_among_colleagues(dossier: Dossier) -> dict[str, Keys]:
    """An open comment of the review team, and a resolved one of the sponsor."""
    of_the_team = reviews.thread(dossier, text="The batches are too few.")
    sponsor = reviews.sponsor_lead(dossier)
    of_the_sponsor = reviews.thread(
        dossier, sponsor, ThreadAudience.SPONSOR_TEAM, "The vendor is late.", on_section=True
    )
    threads.resolve(of_the_sponsor, by=sponsor)
    return {
        "dossiers:thread_resolve": {"pk": dossier.pk, "thread_pk": of_the_team.pk},
        "dossiers:thread_reopen": {"pk": dossier.pk, "thread_pk": of_the_sponsor.pk},
    }


def clock_stopped(dossier: Dossier) -> dict[str, Keys]:
    """A dossier whose sponsor works on its responses: an answer, a requirement, a version and a document."""
    here = {"pk": dossier.pk}
    asked = dossier.questions.get()
    question = {**here, "question_pk": asked.pk}
    reviews.answer(asked, text="We test again in May.")
    requirement = dossier.requirements.filter(state=RequirementState.OPEN).first()
    by = reviews.sponsor_lead(dossier)
    set_aside = {"state": RequirementState.NOT_APPLICABLE, "reason": "The solvent is not used any more."}
    requirements.answer(requirement, **set_aside, edition=requirement.edition, by=by)
    document = reviews.version_of(dossier).document
    corrected = uploads.check(dossiers.upload(document.file_name), SECTION)
    documents.add_version(document, corrected, note="Table 4 is corrected.", by=by)
    added = dossiers.document(dossier, SECTION, name="not-yet-filed.pdf")
    coming = bringing.start(dossier, name="half-way.pdf", size=9, mark="half", by=by)
    leaving = dossier.documents.exclude(section__number=SECTION).filter(answers=None).first()
    contexts.delete(leaving, why="It belongs to another product.", by=by)
    return {
        "dossiers:documents_add": here,
        "dossiers:documents_place": here,
        "dossiers:upload_start": here,
        "dossiers:upload": {**here, "upload_pk": coming.pk},
        "dossiers:upload_discard": {**here, "upload_pk": coming.pk},
        "dossiers:section": {**here, "number": SECTION},
        **_sections_at_work(dossier, requirement),
        "dossiers:document_list": here,
        "dossiers:search": here,
        "dossiers:document": {**here, "document_pk": document.pk},
        "dossiers:document_compare": {**here, "document_pk": document.pk},
        "dossiers:document_add": {**here, "number": SECTION},
        "dossiers:version_add": {**here, "document_pk": added.pk},
        "dossiers:document_append": {**here, "document_pk": added.pk},
        "dossiers:document_keep": {**here, "document_pk": leaving.pk},
        "dossiers:document_remove": {**here, "document_pk": added.pk},
        "dossiers:requirement_list": here,
        "dossiers:requirement_matrix": here,
        "dossiers:requirements_answer": here,
        "dossiers:requirement_export": here,
        "dossiers:requirement_answer": {**here, "requirement_pk": requirement.pk},
        "dossiers:question": question,
        "dossiers:question_answer": question,
        "dossiers:send_responses": here,
    }


def _sections_at_work(dossier: Dossier, requirement: Requirement) -> dict[str, Keys]:
    """Notes among colleagues, and a branch that repeats: one of an indication, one that is empty."""
    here, by = {"pk": dossier.pk}, reviews.sponsor_lead(dossier)
    section = dossier.sections.get(number=SECTION)
    notes.write(section, text="The lysate still has a password.", edition=0, by=by)
    at_work = {**here, "number": SECTION}
    first = dossier.sections.get(number="5.3.5")
    first = sections.name_repetition(first, attributes={"indication": "Cartilage of the knee"}, by=by)
    further = sections.repeat(first, attributes={"indication": "Cartilage of the ankle"}, by=by)
    return {
        "dossiers:section_notes": at_work,
        "dossiers:section_editing": at_work,
        "dossiers:requirement_editing": {**here, "requirement_pk": requirement.pk},
        "dossiers:section_repeat": {**here, "number": "5.3.5"},
        "dossiers:section_name": {**here, "number": further.number},
        "dossiers:section_take_out": {**here, "number": further.number},
    }


def at_the_end(product: Product) -> dict[str, Keys]:
    """A dossier with an answer to judge, and one whose parts are all concluded."""
    answered = reviews.answered_question(reviews.dossier_at(DossierStatus.IN_REVIEW, of=product))
    assessed = reviews.dossier_at(DossierStatus.IN_REVIEW, of=product)
    reviews.conclude_parts(assessed)
    keys = {"pk": answered.dossier_id, "question_pk": answered.pk}
    return {
        "dossiers:question_accept": keys,
        "dossiers:question_reject": keys,
        "dossiers:question_follow_up": keys,
        "dossiers:conclude": {"pk": assessed.pk},
    }


def parts_filled_in(product: Product) -> dict[str, Keys]:
    """A draft whose parts are filled in, with a condition of the notified body that nobody has closed."""
    draft = dossiers.dossier(product)
    here = {"pk": draft.pk}
    combined.write(draft, **combined.OPINION, device_name="The membrane has a secret lamination.")
    condition = combined.condition(draft, text="Pull test after 30 days.", due_on=date(2030, 12, 1))
    judged = reviews.dossier_at(DossierStatus.IN_REVIEW, of=product)
    gspr = combined.gspr(judged, "10.1")
    gsprs.judge_gspr(
        gspr, judgement="complies", remark="The cultures bear it.", edition=1, by=reviews.lead_of(judged)
    )
    return {
        "dossiers:combined": here,
        "dossiers:combined_block": {**here, "block": "device-description"},
        "dossiers:gspr_list": {"pk": judged.pk},
        "dossiers:gspr_set_aside": here,
        "dossiers:gsprs_answer": here,
        "dossiers:gspr": {"pk": judged.pk, "gspr_pk": gspr.pk},
        "dossiers:combined_matrix": {"pk": judged.pk},
        "dossiers:condition_new": here,
        "dossiers:condition": {**here, "condition_pk": condition.pk},
        "dossiers:conformity_move": {"pk": judged.pk, "verb": "recognise"},
    }
