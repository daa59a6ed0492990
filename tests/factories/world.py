"""One sponsor's world, walked through the real actions: for every address the record that waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.utils.http import urlsafe_base64_encode

from accounts import actions as accounts
from accounts import inbox
from accounts.models import Invitation, Organisation, User, hash_of_token
from accounts.roles import Role
from audit.models import Audience
from classification.models import Assessment, Precedent
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
from qc.statuses import LotStatus
from tests.factories import classification, combined, dossiers, people, qc, reports, reviews

Keys = Mapping[str, Any]

SECTION = reviews.FIRST
TOKEN = "the-link-of-an-invitation-that-is-open"


@dataclass(frozen=True)
class World:
    """Norvia with its people and records, the authority that reviews them, and another sponsor."""

    norvia: Organisation
    lead: User
    contributor: User
    reader: User
    analyst: User
    quality: User
    qualified_person: User
    helper: User
    authority: Organisation
    coordinator: User
    reviewer: User
    administrator: User
    other_sponsor: Organisation
    records: Mapping[str, Keys]
    queries: Mapping[str, Keys]
    twins: Mapping[UUID, UUID]

    @classmethod
    def made(cls) -> Self:
        """Make everything; Sofia Marques leads every dossier of Norvia that the authority has."""
        norvia, other = people.sponsor("Norvia Therapeutics"), people.sponsor("Ostrava Cell Works")
        lead = people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)
        administrator = people.administrator()
        product = dossiers.product(norvia, outcome="combined-TEP", name="Chondrafix")
        signed = classification.finalised(classification.CHONDROCYTES_ON_MEMBRANE, lead, code="NV-207")
        records = {
            **_letters(lead, administrator),
            **_candidates(lead, signed),
            "dossiers:product": {"pk": product.pk},
            "dossiers:product_adopt": {"pk": product.pk},
            **_classified_anew(norvia),
            **_before_the_review(product),
            **_in_review(reviews.dossier_at(DossierStatus.IN_REVIEW, of=product)),
            **_clock_stopped(reviews.dossier_at(DossierStatus.CLOCK_STOPPED, of=product)),
            **_at_the_end(product),
            **_combined(product),
            **_specifications(product),
            **_lots(product),
        }
        return cls(
            norvia=norvia,
            lead=lead,
            contributor=people.person("Tomasz Wierzba", norvia, Role.CONTRIBUTOR),
            reader=people.person("Jun Sato", norvia, Role.READER),
            analyst=qc.colleague(norvia, Role.QC_ANALYST),
            quality=qc.colleague(norvia, Role.QUALITY_ASSURANCE),
            qualified_person=qc.colleague(norvia, Role.QUALIFIED_PERSON),
            helper=User.objects.get(full_name="Hugo Lindqvist"),
            authority=people.authority(),
            coordinator=reviews.coordinator(),
            reviewer=reviews.reviewer(),
            administrator=administrator,
            other_sponsor=other,
            records=records,
            queries=_queries(records, product, signed),
            twins=_twins(records, other),
        )

    def keys(self, url_name: str) -> Keys:
        """Give the keys of an address: those of the record with which somebody can do it now."""
        return self.records.get(url_name, {})

    def query(self, url_name: str) -> Keys:
        """Give what an address is asked with, where it starts from another record."""
        return self.queries.get(url_name, {})

    def keys_elsewhere(self, url_name: str) -> Keys:
        """Give the keys of an address whose part is Norvia's and whose whole is the other sponsor's."""
        keys = self.keys(url_name)
        parts = [name for name in keys if name.endswith("_pk")]
        return {**keys, "pk": self.twins[keys["pk"]]} if parts else {}


def _letters(lead: User, administrator: User) -> dict[str, Keys]:
    """An invitation and a link for a new password, both still good, and a notice of the lead."""
    offer = accounts.invite(
        email="new@example.org",
        full_name="Nora Lind",
        organisation=lead.organisation,
        role=Role.READER,
        by=administrator,
    )
    Invitation.objects.filter(pk=offer.pk).update(token_hash=hash_of_token(TOKEN))
    forgetful = people.person("Hana Novotná", lead.organisation, Role.READER)
    inbox.tell([lead], subject="Your report is ready", text="Open it.", path="/reports/")
    return {
        "accounts:invitation": {"token": TOKEN},
        "accounts:password_reset_confirm": {
            "uidb64": urlsafe_base64_encode(str(forgetful.pk).encode()),
            "token": default_token_generator.make_token(forgetful),
        },
        "accounts:notice": {"pk": lead.notices.get(subject="Your report is ready").pk},
    }


def _candidates(lead: User, signed: Assessment) -> dict[str, Keys]:
    """A candidate with every question answered, and a signed one with its rationale."""
    answered = classification.answered(classification.MSC_GVHD, lead, code="NV-311")
    earlier = classification.finalised(classification.CAR_T, lead, code="NV-199")
    issued = reports.report(signed, lead, audience=Audience.SPONSOR)
    draft, final = {"pk": answered.pk}, {"pk": signed.pk}
    return {
        "classification:assessment": final,
        "classification:assessment_describe": draft,
        "classification:question_next": draft,
        "classification:question": {**draft, "key": "is_medicine"},
        "classification:assessment_check": draft,
        "classification:assessment_finalise": draft,
        "classification:assessment_revise": final,
        "classification:assessment_rationale": final,
        "classification:precedent": {"pk": Precedent.objects.get(reference="CAT-008").pk},
        "classification:request": final,
        "classification:request_part": {**draft, "part": "request"},
        "classification:request_pdf": final,
        "classification:request_docx": final,
        "classification:assessment_copy": final,
        "classification:assessment_changes": {"pk": classification.revised(earlier, lead).pk},
        "classification:assessment_regions": draft,
        "report_download": {"pk": issued.pk},
        "job": {"pk": issued.job_id},
        "job_retry": {"pk": issued.job_id},
    }


def _before_the_review(product: Product) -> dict[str, Keys]:
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


def _classified_anew(norvia: Organisation) -> dict[str, Keys]:
    """A draft whose product was classified as something else since."""
    product = dossiers.product(norvia, outcome="TEP", name="Chondrafix Solo")
    behind = {"pk": dossiers.dossier(product).pk}
    dossiers.reclassified(product, "combined-TEP")
    return {"dossiers:dossier_class": behind, "dossiers:restructure": behind}


def _in_review(dossier: Dossier) -> dict[str, Keys]:
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


def _clock_stopped(dossier: Dossier) -> dict[str, Keys]:
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


def _at_the_end(product: Product) -> dict[str, Keys]:
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


def _combined(product: Product) -> dict[str, Keys]:
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


def _specifications(product: Product) -> dict[str, Keys]:
    """A specification in force, and a draft that its writer cannot approve."""
    in_force = {"pk": qc.specification_in_force(product, code="NV-SPEC-01").pk}
    drafted = qc.draft(product, code="NV-SPEC-02")
    draft = {"pk": drafted.pk}
    return {
        "qc:specification": in_force,
        "qc:specification_trail": in_force,
        "qc:specification_revise": in_force,
        "qc:specification_edit": draft,
        "qc:specification_withdraw": draft,
        "qc:specification_approve": draft,
        "qc:test_new": draft,
        "qc:test_edit": {**draft, "test_pk": drafted.tests.first().pk},
        "qc:test_take_over": draft,
        "qc:test_remove": draft,
    }


def _lots(product: Product) -> dict[str, Keys]:
    """A lot at work, one that can be released with results pending, and one whose results are all in."""
    specification = product.specifications.in_force().get()
    checked, running, sterility = specification.tests.all()
    at_work = qc.lot(specification, number="NTG-26-0417")
    result = qc.result(at_work, checked)
    unchecked = qc.result(at_work, running, is_checked=False)
    here = {"pk": at_work.pk}
    releasable = qc.lot_at(LotStatus.UNDER_REVIEW, specification)
    complete = qc.lot_at(
        LotStatus.RELEASED_INITIAL,
        qc.specification_in_force(organisation=product.organisation, lines=qc.LINES[:2]),
    )
    qc.result(complete, complete.specification.tests.get(may_follow_release=True))
    return {
        "qc:lot": here,
        "qc:lot_trail": here,
        "qc:lot_contact": here,
        "qc:lot_submit": here,
        "qc:lot_reject": here,
        "qc:lot_certificate": here,
        "qc:lot_certify": {"pk": releasable.pk},
        "qc:lot_certify_final": {"pk": complete.pk},
        "qc:result_new": {**here, "test_pk": sterility.pk},
        "qc:result_review": {**here, "result_pk": unchecked.pk},
        "qc:result_correct": {**here, "result_pk": result.pk},
    }


def _queries(records: Mapping[str, Keys], product: Product, signed: Assessment) -> dict[str, Keys]:
    return {
        "search": {"q": "chondra"},
        "dossiers:thread_list": {"show": "all"},
        "dossiers:product_new": {"assessment": signed.pk},
        "dossiers:dossier_new": {"product": product.pk},
        "dossiers:thread_new": {"version": records["dossiers:version_file"]["version_pk"]},
        "dossiers:question_new": {"thread": records["dossiers:thread_reply"]["thread_pk"]},
    }


def _twins(records: Mapping[str, Keys], other: Organisation) -> dict[UUID, UUID]:
    """Give every dossier, specification and lot that has parts one of the other sponsor."""
    product = dossiers.product(other, outcome="combined-TEP", name="Ostravin")
    twin_of = {
        "dossiers": dossiers.dossier(product).pk,
        "qc:test": qc.draft(product).pk,
        "qc:result": qc.lot(qc.specification_in_force(product)).pk,
    }
    return {
        keys["pk"]: twin
        for name, keys in records.items()
        for start, twin in twin_of.items()
        if name.startswith(start)
    }
