"""The parts of combined products for tests, filled in by the real actions."""

from typing import Any

from accounts.models import User
from accounts.roles import Role
from dossiers import combined, workflow
from dossiers.actions import combined as fields
from dossiers.actions import conformity, gsprs
from dossiers.actions.combined import Written
from dossiers.actions.gsprs import GsprAnswer
from dossiers.clock import site_date
from dossiers.models import CombinedField, Condition, Conformity, Document, Dossier, Gspr
from dossiers.statuses import Applicability, ConformityStatus, Duty
from tests.factories import dossiers

CERTIFICATE = {
    "route": "certificate",
    "notified_body_name": "Notified body 0987",
    "notified_body_number": "0987",
    "certificate_or_opinion_number": "0987-TD-24-0611",
    "issue_date": "2026-08-14",
    "intended_purpose_matches_maa": "yes",
    "conditions_open": "none",
    "viable_cells": "yes",
}
OPINION = {**CERTIFICATE, "route": "nb_opinion", "certificate_or_opinion_number": "0987-OP-2026-0173"}


def write(of: Dossier, *, by: User | None = None, **values: str) -> list[CombinedField]:
    """Write fields by name, over what stands in them."""
    there = {row.name: row.edition for row in of.combined_fields.all()}
    entries = {name: Written(value, edition=there.get(name, 0)) for name, value in values.items()}
    return fields.write_fields(of, entries, by=by or dossiers.writer(of.organisation))


def gspr(of: Dossier, number: str) -> Gspr:
    return Gspr.objects.select_related("dossier", "document").get(dossier=of, number=number)


def answer(of: Dossier, number: str, *, by: User | None = None, **answer: Any) -> Gspr:
    edition = gspr(of, number).edition
    given = GsprAnswer(**{"edition": edition, **answer})
    gsprs.answer_gsprs(of, {number: given}, by=by or dossiers.writer(of.organisation))
    return gspr(of, number)


def applies(of: Dossier, number: str, document: Document | None = None, **more: Any) -> Gspr:
    return answer(of, number, applicability=Applicability.APPLIES, document=document, **more)


def set_all_aside(of: Dossier, *, by: User | None = None) -> None:
    """Decide every requirement that is not decided, with the same reason."""
    waiting = of.gsprs.filter(applicability=Applicability.NOT_DECIDED)
    aside = {
        row.number: GsprAnswer(
            Applicability.DOES_NOT_APPLY, reason="Not for this device", edition=row.edition
        )
        for row in waiting
    }
    gsprs.answer_gsprs(of, aside, by=by or dossiers.writer(of.organisation))


def declare(of: Dossier, move: Any = workflow.DECLARE_CERTIFICATE, *, by: User | None = None) -> Conformity:
    by = by or dossiers.writer(of.organisation, Role.REGULATORY_LEAD)
    return conformity.move_conformity(Conformity.objects.get(dossier=of), move, by=by)


def condition(of: Dossier, *, by: User | None = None, **more: Any) -> Condition:
    by = by or dossiers.writer(of.organisation)
    return conformity.write_condition(of, owner=more.pop("owner", by), by=by, **more)


def close(of: Condition, document: Document, *, by: User) -> Condition:
    """Close a condition today with a document."""
    return conformity.write_condition(
        of.dossier,
        text=of.text,
        due_on=of.due_on,
        owner=of.owner,
        closed_on=site_date(),
        document=document,
        condition=of,
        edition=of.edition,
        by=by,
    )


def make_ready(of: Dossier, *, by: User | None = None) -> None:
    """Fill in what stops the filing of a combined product."""
    if not combined.is_asked(of):
        return
    if not of.combined_fields.filter(name="route").exists():
        write(of, by=by, **CERTIFICATE)
    set_all_aside(of, by=by)
    if Conformity.objects.filter(dossier=of, status=ConformityStatus.UNKNOWN).exists():
        declare(of)


def settle(of: Dossier) -> None:
    """Recognise the certificate, as the lead does before the end."""
    found = Conformity.objects.filter(dossier=of, status=ConformityStatus.CERTIFICATE).first()
    if found:
        lead = of.assignments.get(duty=Duty.LEAD, ended_at=None).reviewer
        conformity.move_conformity(found, workflow.RECOGNISE, by=lead)
