"""Lots of Nortagen in every state, from quarantine to a late failing sterility test."""

from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from atmp_portal.demo.story.stage import Chapter, Stage, days
from classification.models import Mechanism
from qc import actions, signed
from qc.models import Lot, Specification, SpecificationTest
from qc.standing import fresh_standing
from qc.statuses import Category, CriterionKind

CODE, SHELF_LIFE, STORAGE = "SPEC-NTG-003", 72, "2 to 8 °C"
CONTACT = "Dr M. Vos, University Hospital Lindenau, +32 9 555 01 00"
LINES: tuple[dict[str, Any], ...] = (
    {"category": Category.IDENTITY_PATIENT, "name": "Identity, patient", "method": "Scan and second person",
     "criterion": CriterionKind.TEXT, "expected_text": "all identifiers equal", "turnaround_hours": Decimal(1)},
    {"category": Category.IDENTITY_CELL_TYPE, "name": "CD3+ of viable CD45+ cells", "method": "Ph. Eur. 2.7.24",
     "criterion": CriterionKind.MIN, "lower": Decimal(80), "unit": "%", "turnaround_hours": Decimal(6)},
    {"category": Category.IDENTITY_GENETIC_MODIFICATION, "name": "CAR+ of viable CD3+ cells",
     "method": "Ph. Eur. 2.7.24", "criterion": CriterionKind.MIN, "lower": Decimal(10), "unit": "%",
     "turnaround_hours": Decimal(6)},
    {"category": Category.VIABILITY, "name": "Viability", "method": "Ph. Eur. 2.7.29",
     "criterion": CriterionKind.MIN, "lower": Decimal(80), "unit": "%", "turnaround_hours": Decimal(1)},
    {"category": Category.DOSE, "name": "Dose, viable CAR+ cells", "method": "Count, flow cytometry",
     "criterion": CriterionKind.RANGE, "lower": Decimal(80), "upper": Decimal(120), "unit": "% of target",
     "turnaround_hours": Decimal(6)},
    {"category": Category.POTENCY, "name": "Potency, killing of CD19+ cells", "method": "Co-culture, flow cytometry",
     "mechanism": Mechanism.KILLS_TARGETS,
     "criterion": CriterionKind.MIN, "lower": Decimal(50), "is_lower_inclusive": False, "unit": "%",
     "turnaround_hours": Decimal(24)},
    {"category": Category.IMPURITY_PROCESS, "name": "Residual beads", "method": "Microscopy",
     "criterion": CriterionKind.MAX, "upper": Decimal(100), "is_upper_inclusive": False,
     "unit": "per 3×10⁶ cells", "turnaround_hours": Decimal(2)},
    {"category": Category.ENDOTOXIN, "name": "Bacterial endotoxins", "method": "Ph. Eur. 2.6.14, method D",
     "criterion": CriterionKind.MAX, "upper": Decimal("5.00"), "is_upper_inclusive": False, "unit": "EU/mL",
     "decimals": 2, "turnaround_hours": Decimal(2)},
    {"category": Category.MYCOPLASMA, "name": "Mycoplasma, NAT", "method": "Ph. Eur. 2.6.7",
     "criterion": CriterionKind.ABSENT, "turnaround_hours": Decimal(5)},
    {"category": Category.STERILITY, "name": "Gram stain", "method": "Microscopy",
     "criterion": CriterionKind.ABSENT, "turnaround_hours": Decimal("0.5")},
    {"category": Category.VECTOR_COPY_NUMBER, "name": "Vector copies per transduced cell", "method": "ddPCR",
     "criterion": CriterionKind.MAX, "upper": Decimal("5.0"), "is_upper_inclusive": False, "decimals": 1,
     "unit": "copies", "turnaround_hours": Decimal(48), "may_follow_release": True},
    {"category": Category.STERILITY, "name": "Sterility, rapid", "method": "Respiration, Ph. Eur. 2.6.27",
     "criterion": CriterionKind.ABSENT, "turnaround_hours": Decimal(72), "may_follow_release": True,
     "read_days": "1, 2"},
    {"category": Category.STERILITY, "name": "Sterility", "method": "Ph. Eur. 2.6.1",
     "criterion": CriterionKind.ABSENT, "turnaround_hours": Decimal(336), "may_follow_release": True,
     "read_days": "2, 5, 7, 10"},
)  # fmt: skip
TYPICAL: dict[str, dict[str, Any]] = {
    "Identity, patient": {"is_as_expected": True, "text": "all identifiers equal"},
    "CD3+ of viable CD45+ cells": {"raw": "96.2"},
    "CAR+ of viable CD3+ cells": {"raw": "38.4"},
    "Viability": {"raw": "91"},
    "Dose, viable CAR+ cells": {"raw": "104"},
    "Potency, killing of CD19+ cells": {"raw": "74"},
    "Residual beads": {"raw": "12"},
    "Bacterial endotoxins": {"raw": "0.31"},
    "Mycoplasma, NAT": {"is_as_expected": True, "text": "not detected"},
    "Gram stain": {"is_as_expected": True, "text": "negative"},
    "Vector copies per transduced cell": {"raw": "2.3"},
    "Sterility, rapid": {"is_as_expected": True, "text": "no growth"},
    "Sterility": {"is_as_expected": True, "text": "no growth in 14 days"},
}
RAPID = tuple(line["name"] for line in LINES if not line.get("may_follow_release"))


def _specify(stage: Stage) -> None:
    milan, jun = stage.who("Milan"), stage.who("Jun")
    draft = actions.draft_specification(
        stage.products["nortagen"], code=CODE, shelf_life_hours=SHELF_LIFE, storage=STORAGE, by=milan
    )
    for fields in LINES:
        actions.add_test(draft, fields, by=milan)
    shown = signed.specification_content(Specification.objects.get(pk=draft.pk))
    actions.approve_specification(draft, by=jun, proof=stage.proof(jun, shown))


def _draft_next(stage: Stage) -> None:
    in_force = Specification.objects.get(code=CODE, version=1)
    actions.revise_specification(in_force, by=stage.who("Milan"))


def _make(number: str, patient: str, stage: Stage) -> None:
    actions.register_lot(
        Specification.objects.get(code=CODE, version=1),
        number=number,
        manufactured_at=timezone.now(),
        patient_pseudonym=patient,
        chain_of_identity=f"COI-NRV1-{number[4:6]}-000{number[-4:]}",
        clinical_contact=CONTACT,
        by=stage.who("Milan"),
    )


def _lot(number: str) -> Lot:
    return Lot.objects.get(number=number)


def _enter(stage: Stage, number: str, name: str, **entry: Any) -> None:
    lot = _lot(number)
    test = SpecificationTest.objects.get(specification=lot.specification, name=name)
    result = actions.enter_result(lot, test, by=stage.who("Milan"), **(entry or TYPICAL[name]))
    actions.review_result(result, by=stage.who("Jun"))


def _test_rapidly(number: str, others: dict[str, dict[str, Any]], stage: Stage) -> None:
    for name in RAPID:
        _enter(stage, number, name, **(TYPICAL[name] | others.get(name, {})))


def _read(number: str, name: str, day: int, stage: Stage) -> None:
    _enter(stage, number, name, is_as_expected=True, text="no growth", read_on_day=day)


def _finish(number: str, names: tuple[str, ...], stage: Stage) -> None:
    for name in names:
        _enter(stage, number, name)


def _grow(number: str, stage: Stage) -> None:
    lot = _lot(number)
    test = SpecificationTest.objects.get(specification=lot.specification, name="Sterility")
    actions.enter_result(
        lot, test, by=stage.who("Milan"), is_as_expected=False, text="growth in both media", read_on_day=7
    )


def _submit(number: str, stage: Stage) -> None:
    lot, jun = _lot(number), stage.who("Jun")
    actions.submit_lot(lot, by=jun, proof=stage.proof(jun, signed.lot_content(fresh_standing(lot))))


def _release(number: str, stage: Stage) -> None:
    lot, aoife = _lot(number), stage.who("Aoife")
    actions.certify_initially(
        lot, by=aoife, proof=stage.proof(aoife, signed.lot_content(fresh_standing(lot)))
    )


def _certify(number: str, stage: Stage) -> None:
    lot, aoife = _lot(number), stage.who("Aoife")
    actions.certify_finally(lot, by=aoife, proof=stage.proof(aoife, signed.lot_content(fresh_standing(lot))))


def _reject(number: str, reason: str, stage: Stage) -> None:
    lot, aoife = _lot(number), stage.who("Aoife")
    actions.reject_lot(
        lot, reason=reason, by=aoife, proof=stage.proof(aoife, signed.lot_content(fresh_standing(lot)))
    )


def _until_release(number: str, patient: str, made: float, **others: dict[str, Any]) -> tuple[Chapter, ...]:
    """Return the chapters of a lot up to its initial certification, counted back from its manufacture."""
    return (
        Chapter(made, partial(_make, number, patient)),
        Chapter(made - 25, partial(_test_rapidly, number, others)),
        Chapter(made - 25.5, partial(_read, number, "Sterility, rapid", 1)),
        Chapter(made - 28, partial(_submit, number)),
    )


def _reads(number: str, made: float, *days_read: int) -> tuple[Chapter, ...]:
    return tuple(Chapter(made - 24 * day - 1, partial(_read, number, "Sterility", day)) for day in days_read)


FINAL, LATE, INITIAL, WAITING, FRESH, BAD = (
    "NTG-26-0388", "NTG-26-0409", "NTG-26-0412", "NTG-26-0417", "NTG-26-0419", "NTG-26-0398",
)  # fmt: skip

CHAPTERS = (
    Chapter(days(85), _specify),
    *_until_release(FINAL, "NX-0388", days(30)),
    Chapter(days(30) - 30, partial(_release, FINAL)),
    *_reads(FINAL, days(30), 2, 5, 7, 10),
    Chapter(
        days(15),
        partial(_finish, FINAL, ("Vector copies per transduced cell", "Sterility, rapid", "Sterility")),
    ),
    Chapter(days(14.8), partial(_certify, FINAL)),
    *_until_release(BAD, "NX-0398", days(17), Viability={"raw": "71.5"}),
    Chapter(
        days(17) - 29, partial(_reject, BAD, "Viability 71.5 %, below 80 %; the patient is called again")
    ),
    *_until_release(LATE, "NX-0409", days(8)),
    Chapter(days(8) - 30, partial(_release, LATE)),
    *_reads(LATE, days(8), 2, 5),
    Chapter(days(4.8), partial(_finish, LATE, ("Vector copies per transduced cell", "Sterility, rapid"))),
    Chapter(days(0.6), partial(_grow, LATE)),
    *_until_release(INITIAL, "NX-0412", days(4)),
    Chapter(days(4) - 30, partial(_release, INITIAL)),
    *_reads(INITIAL, days(4), 2),
    Chapter(days(0.5), partial(_finish, INITIAL, ("Vector copies per transduced cell", "Sterility, rapid"))),
    *_until_release(WAITING, "NX-0417", 31),
    Chapter(6, partial(_make, FRESH, "NX-0419")),
    Chapter(days(2), _draft_next),
)
