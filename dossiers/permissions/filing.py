"""Whether a sponsor may make products and dossiers, change them and file."""

from accounts.models import User
from accounts.roles import SPONSOR_WRITERS, Role
from classification.engine.outcomes import Outcome
from classification.models import Assessment, AssessmentStatus
from dossiers import contexts, readiness, reclassification
from dossiers.models import Adoption, ContextOfUse, Document, Dossier, Product
from dossiers.permissions.people import is_writer
from dossiers.statuses import NEXT_KINDS, DossierStatus, Operation, Procedure


def why_not_create_products(user: User) -> str | None:
    """Leave products and dossiers to those who write for the sponsor."""
    if user.role not in SPONSOR_WRITERS:
        return "Only the regulatory lead and contributors of a sponsor do this."
    return None


def why_not_create_product(assessment: Assessment, user: User) -> str | None:
    """Refuse a product that is not classified as an advanced therapy, or that exists already."""
    refusal = why_not_create_products(user) or why_not_become_product(assessment)
    if refusal:
        return refusal
    adopted = Adoption.objects.filter(
        assessment__organisation=assessment.organisation_id, assessment__code=assessment.code
    )
    taken = adopted.select_related("product").first()
    return f"It is the classification of {taken.product} already." if taken else None


def why_not_become_product(assessment: Assessment) -> str | None:
    """Refuse a classification that is not signed, was superseded, or led to another regime."""
    match assessment.status:
        case AssessmentStatus.DRAFT:
            return "The classification is not signed yet."
        case AssessmentStatus.SUPERSEDED:
            return "A newer version has taken its place."
    outcome = Outcome(assessment.outcome)
    if not outcome.is_atmp:
        return f"Only an advanced therapy becomes a product here. Its class is: {outcome.label.lower()}."
    return None


def why_not_adopt(product: Product, user: User) -> str | None:
    """Leave the class of a product to the regulatory lead."""
    if user.role != Role.REGULATORY_LEAD or user.organisation_id != product.organisation_id:
        return "Only the regulatory lead of the sponsor adopts a classification."
    return None


def why_not_adopt_assessment(product: Product, assessment: Assessment, user: User) -> str | None:
    """Refuse a classification of another candidate, one that is not newer, or one that leads elsewhere."""
    refusal = why_not_adopt(product, user)
    if refusal:
        return refusal
    adopted = product.assessment
    if (assessment.organisation_id, assessment.code) != (product.organisation_id, adopted.code):
        return f"It is not the classification of {product}."
    if assessment.version <= adopted.version:
        return f"{product} has adopted this version or a newer one already."
    return why_not_become_product(assessment)


def why_not_create_dossier(product: Product, procedure: str, user: User) -> str | None:
    """Refuse a dossier of another sponsor's product, and a certification to all but small enterprises."""
    refusal = why_not_create_products(user)
    if refusal or user.organisation_id != product.organisation_id:
        return refusal or "Only the sponsor of the product makes its dossiers."
    if procedure == Procedure.CERTIFICATION and not product.organisation.is_sme:
        return (
            "Certification is open to micro, small and medium-sized enterprises only: "
            "Regulation (EC) No 1394/2007, Article 18."
        )
    return None


def why_not_edit_documents(dossier: Dossier, user: User) -> str | None:
    """Refuse changes by those who only read, and while the dossier is with the authority."""
    if not is_writer(dossier, user):
        return "Only the sponsor's regulatory lead and contributors change the dossier."
    if not dossier.is_editable:
        return f"{dossier} is {dossier.get_status_display().lower()}; its documents cannot be changed now."
    return None


def why_not_restructure(dossier: Dossier, user: User) -> str | None:
    """Refuse to bring a dossier to another class that follows its product already, or that was filed."""
    if user.role not in SPONSOR_WRITERS or user.organisation_id != dossier.organisation_id:
        return "Only the sponsor's regulatory lead and contributors change the dossier."
    if dossier.status not in {DossierStatus.DRAFT, DossierStatus.RETURNED}:
        return f"{dossier} is {dossier.get_status_display().lower()}; what was filed is not made anew."
    if reclassification.follows_its_product(dossier):
        return "Its sections and requirements follow the class of the product already."
    return None


def why_not_remove_document(document: Document, user: User) -> str | None:
    """Refuse to remove what is removed already or leaves already, and that to which another is added."""
    refusal = why_not_edit_documents(document.dossier, user)
    if refusal:
        return refusal
    if document.removed_at:
        return f"{document} was removed already."
    if document.filed_in_id and document.contexts.filter(filing=None, operation=Operation.DELETE).exists():
        return f"{document} leaves with the next filing already."
    added = ContextOfUse.objects.filter(filing=None, modified__document=document).select_related("document")
    if adding := added.first():
        return f"{adding.document} is filed as an addition to it. File that on its own, or remove it first."
    return None


def why_not_append(document: Document, user: User) -> str | None:
    """Refuse to file a document as an addition where no filed one of its section stands, or twice."""
    refusal = why_not_edit_documents(document.dossier, user)
    if refusal:
        return refusal
    if document.contexts.filter(filing=None).exists():
        return f"Something was chosen for {document} already; take that back first."
    if not contexts.to_add_to(document.dossier, document.section):
        return f"{document.section.number} holds no filed document to which another can be added."
    return None


def why_not_prepare(dossier: Dossier, user: User) -> str | None:
    """Keep what is not filed yet from everybody but the sponsor."""
    if user.organisation_id != dossier.organisation_id:
        return "Only the sponsor sees what it prepares."
    return None


def why_not_file(dossier: Dossier, user: User) -> str | None:
    """Refuse to file another sponsor's dossier, and one that something stops."""
    if user.organisation_id != dossier.organisation_id:
        return "Only the sponsor files its dossier."
    return _in_words(len(readiness.stoppers(dossier)))


def why_not_open_next(dossier: Dossier, user: User) -> str | None:
    """Refuse a next sequence before anything is with the agency, after the end, and while one is open."""
    if user.role not in SPONSOR_WRITERS or user.organisation_id != dossier.organisation_id:
        return "Only the sponsor's regulatory lead and contributors open the next sequence."
    if dossier.status not in NEXT_KINDS:
        return f"{dossier} is {dossier.get_status_display().lower()}; no next sequence is filed now."
    if dossier.next_sequence_id:
        return "The next sequence is open already."
    return None


def why_not_look_at(dossier: Dossier, user: User) -> str | None:
    """Leave what the next sequence carries over to those who write for the sponsor, while it is open."""
    if user.role not in SPONSOR_WRITERS or user.organisation_id != dossier.organisation_id:
        return "Only the sponsor's regulatory lead and contributors do this."
    if not dossier.is_preparing_next:
        return "No next sequence is open."
    return None


def why_not_file_next(dossier: Dossier, user: User) -> str | None:
    """Refuse a next sequence that is not open, that goes with the answers, or that something stops."""
    if user.role != Role.REGULATORY_LEAD or user.organisation_id != dossier.organisation_id:
        return "Only the sponsor's regulatory lead files the next sequence."
    if not dossier.is_preparing_next:
        return "No next sequence is open."
    if dossier.status == DossierStatus.CLOCK_STOPPED:
        return "It is filed when the responses to the questions are sent."
    return _in_words(len(readiness.stoppers(dossier)))


def _in_words(stops: int) -> str | None:
    if stops == 1:
        return "One point stops filing."
    return f"{stops} points stop filing." if stops else None
