"""Who is invited, and which candidates are classified."""

from django.contrib.auth.tokens import default_token_generator
from django.utils.http import urlsafe_base64_encode

from accounts import actions as accounts
from accounts import inbox
from accounts.models import Invitation, User, hash_of_token
from accounts.roles import Role
from audit.models import Audience
from classification.models import Assessment, Precedent
from tests.factories import classification, people, reports
from tests.factories.world.keys import TOKEN, Keys


def letters(lead: User, administrator: User) -> dict[str, Keys]:
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


def candidates(lead: User, signed: Assessment) -> dict[str, Keys]:
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
