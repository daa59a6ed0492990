"""The signature that a lot waits for, with every gate."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from qc import permissions, signed, workflow
from qc.gates import Gate
from qc.standing import LotStanding, site_time
from qc.statuses import LotStatus


@dataclass(frozen=True)
class Panel:
    """The place where the lot is signed on: what is asked, what it says, and why it is refused if it is."""

    title: str
    intro: str
    gates: list[Gate]
    meaning: str
    button: str
    url: str
    refusal: str | None
    note: str


def panel_of(standing: LotStanding, user: User) -> Panel | None:
    """Return the signature that this lot waits for, with every gate; None once nothing is to be signed."""
    match standing.lot.status:
        case LotStatus.QUARANTINE:
            return _review_panel(standing, user)
        case LotStatus.UNDER_REVIEW if standing.pending:
            return _initial_panel(standing, user)
        case LotStatus.UNDER_REVIEW | LotStatus.RELEASED_INITIAL:
            return _final_panel(standing, user)
        case _:
            return None


def _review_panel(standing: LotStanding, user: User) -> Panel:
    lot = standing.lot
    refusal = workflow.SUBMIT.why_not(lot, user)
    if user.role not in workflow.SUBMIT.roles:
        refusal = "Quality assurance reviews the batch record and submits the lot."
    return Panel(
        title="Review of the batch record",
        intro="Signed before a Qualified Person decides. Results may still come in.",
        gates=[],
        meaning=signed.lot_statement(standing, signed.REVIEWED),
        button=f"Sign and submit {lot}",
        url=reverse("qc:lot_submit", args=[lot.pk]),
        refusal=refusal,
        note="Tells the Qualified Persons at once.",
    )


def _initial_panel(standing: LotStanding, user: User) -> Panel:
    lot, count = standing.lot, len(standing.pending)
    stay = "1 result stays pending" if count == 1 else f"{count} results stay pending"
    follow = all(each.test.may_follow_release for each in standing.pending)
    allowed = (
        " The specification allows it to follow release."
        if count == 1
        else (" The specification allows each of them to follow release.")
    )
    return Panel(
        title="Initial certification",
        intro=f"{stay}.{allowed if follow else ''}",
        gates=_for_role(permissions.gates_of_initial(standing, user), user),
        meaning=signed.lot_statement(standing, signed.CERTIFIED_INITIAL),
        button=f"Certify and release {lot}",
        url=reverse("qc:lot_certify", args=[lot.pk]),
        refusal=_only_qp(user) or workflow.CERTIFY_INITIAL.why_not(lot, user),
        note="Tells quality assurance and the laboratory at once, with the list of pending tests.",
    )


def _final_panel(standing: LotStanding, user: User) -> Panel:
    lot = standing.lot
    is_first = lot.status == LotStatus.UNDER_REVIEW
    return Panel(
        title="Final certification",
        intro=""
        if is_first
        else f"Released {site_time(lot.released_at)} with results pending."
        if lot.released_at
        else "",
        gates=_for_role(permissions.gates_of_final(standing, user), user),
        meaning=signed.lot_statement(standing, signed.CERTIFIED_FINAL),
        button=f"Certify and release {lot}" if is_first else f"Certify {lot} finally",
        url=reverse("qc:lot_certify_final", args=[lot.pk]),
        refusal=_only_qp(user) or workflow.CERTIFY_FINAL.why_not(lot, user),
        note="Tells quality assurance and the laboratory at once.",
    )


def _only_qp(user: User) -> str | None:
    return None if user.role == Role.QUALIFIED_PERSON else "Only a Qualified Person certifies a lot."


def _for_role(gates: list[Gate], user: User) -> list[Gate]:
    """Leave the gate about the person themselves to those who certify."""
    return gates if user.role == Role.QUALIFIED_PERSON else gates[:-1]
