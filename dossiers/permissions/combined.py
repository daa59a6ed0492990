"""Whether a person may judge the device of a combined product, and move its evidence of conformity on."""

from accounts.models import User
from dossiers import combined
from dossiers.combined_tables import ROUTES_OF_CERTIFICATE, ROUTES_OF_OPINION
from dossiers.models import Conformity, Gspr
from dossiers.permissions.filing import why_not_edit_documents
from dossiers.permissions.review import duty_of
from dossiers.statuses import Discipline, DossierStatus, Duty, PartKind, PartStatus

ASSESSED = frozenset({DossierStatus.IN_REVIEW, DossierStatus.CLOCK_STOPPED})


def why_not_judge_gspr(gspr: Gspr, user: User) -> str | None:
    """Leave the judgement to the lead and the assessor of the device, while the device part is open."""
    dossier = gspr.dossier
    if dossier.status not in ASSESSED:
        return "The device is judged while the dossier is in review."
    duty = duty_of(dossier, user)
    if duty is None or not (duty.duty == Duty.LEAD or duty.discipline == Discipline.DEVICE):
        return "Only the lead and the assessor of the device judge its requirements."
    if dossier.parts.filter(kind=PartKind.DEVICE, status=PartStatus.CONCLUDED).exists():
        return "The device part is concluded; a coordinator can reopen it."
    return None


def why_not_declare_certificate(conformity: Conformity, user: User) -> str | None:
    """Refuse to declare a certificate that is not the route, or whose particulars are missing."""
    return _why_not_declare(conformity, user, ROUTES_OF_CERTIFICATE)


def why_not_declare_opinion(conformity: Conformity, user: User) -> str | None:
    """Refuse to declare an opinion that is not the route, or whose particulars are missing."""
    return _why_not_declare(conformity, user, ROUTES_OF_OPINION)


def why_not_declare_missing(conformity: Conformity, user: User) -> str | None:
    """Refuse to declare that no notified body assessed the device where the route says that one did."""
    return _why_not_declare(conformity, user, frozenset({"ema_requested", "cat_waiver", "gspr_statement"}))


def _why_not_declare(conformity: Conformity, user: User, routes: frozenset[str]) -> str | None:
    refusal = why_not_edit_documents(conformity.dossier, user)
    if refusal:
        return refusal
    standing = combined.standing_of(conformity.dossier)
    route = standing.value("route")
    if route not in routes:
        return "Another route is chosen." if route else "Choose the route first."
    declared = combined.declared_by(route)
    lacking = [
        point
        for point in combined.route_points(standing)
        if point.is_stop and point.text != combined.NOT_DECLARED
    ]
    if lacking:
        return lacking[0].text
    if conformity.status in declared:
        return "It is declared already."
    return None


def why_not_lead_conformity(conformity: Conformity, user: User) -> str | None:
    """Leave the judgement on the evidence of conformity to the lead, in the assessment."""
    duty = duty_of(conformity.dossier, user)
    if conformity.dossier.status not in ASSESSED:
        return "Conformity is judged while the dossier is in review."
    if duty is None or duty.duty != Duty.LEAD:
        return "The lead judges the evidence of conformity."
    return None


def why_not_open_conditions(conformity: Conformity, user: User) -> str | None:
    """Refuse to hold an opinion for one with conditions where none is open."""
    refusal = why_not_lead_conformity(conformity, user)
    if refusal:
        return refusal
    if not combined.filed_standing(conformity.dossier).open_conditions:
        return "No condition of the notified body is open in what was filed."
    return None


def why_not_accept_conformity(conformity: Conformity, user: User) -> str | None:
    """Refuse to accept an opinion while one of its conditions is open."""
    refusal = why_not_lead_conformity(conformity, user)
    if refusal:
        return refusal
    if combined.filed_standing(conformity.dossier).open_conditions:
        return "A condition of the notified body is open in what was filed; a clean opinion is needed."
    return None


def why_not_ask_notified_body(conformity: Conformity, user: User) -> str | None:
    """Refuse to ask a notified body, or to record what the CAT decided, outside the assessment."""
    if conformity.dossier.status not in ASSESSED:
        return "This is done while the dossier is in review."
    return None
