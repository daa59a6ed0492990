"""The states and kinds of the qc app, as data that models, workflow and templates share."""

from django.db import models


class SpecificationStatus(models.TextChoices):
    """Whether lots may be judged against a specification."""

    DRAFT = "draft", "Draft"
    EFFECTIVE = "effective", "In force"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn draft"


class Category(models.TextChoices):
    """The attribute that a test looks at."""

    IDENTITY_PATIENT = "identity_patient", "Identity of the patient"
    IDENTITY_CELL_TYPE = "identity_cell_type", "Identity of the cells"
    IDENTITY_GENETIC_MODIFICATION = "identity_genetic_modification", "Identity of the modification"
    IDENTITY_STRUCTURE = "identity_structure", "Identity of the structure"
    TRANSDUCTION_EFFICIENCY = "transduction_efficiency", "Transduction efficiency"
    VIABILITY = "viability", "Viability"
    DOSE = "dose", "Dose"
    PURITY = "purity", "Purity"
    IMPURITY_PROCESS = "impurity_process", "Process-related impurity"
    VECTOR_COPY_NUMBER = "vector_copy_number", "Vector copy number"
    RCL_RCR_RCA = "rcl_rcr_rca", "Replication-competent virus"
    POTENCY = "potency", "Potency"
    FULL_EMPTY_CAPSID = "full_empty_capsid", "Full and empty capsids"
    STERILITY = "sterility", "Sterility"
    BIOBURDEN = "bioburden", "Bioburden"
    MYCOPLASMA = "mycoplasma", "Mycoplasma"
    ENDOTOXIN = "endotoxin", "Endotoxin"
    ADVENTITIOUS_AGENTS = "adventitious_agents", "Adventitious agents"
    APPEARANCE = "appearance", "Appearance"
    CONTAINER_INTEGRITY = "container_integrity", "Container integrity"
    PHYSICOCHEMICAL = "physicochemical", "Physicochemical"
    DEVICE = "device", "Device part"
    PROCESS = "process", "Process"
    SAFETY = "safety", "Safety"
    CHARACTERISATION = "characterisation", "Characterisation"
    STABILITY = "stability", "Stability"
    AGGREGATES = "aggregates", "Aggregates"
    CHARGE_VARIANTS = "charge_variants", "Charge variants"
    GLYCOSYLATION = "glycosylation", "Glycosylation"


class CriterionKind(models.TextChoices):
    """How a limit is read."""

    MIN = "min", "At least"
    MAX = "max", "At most"
    RANGE = "range", "Between"
    TEXT = "text", "As described in words"
    ABSENT = "absent", "Absent"


class LotStatus(models.TextChoices):
    """The quality status of a lot; it never says what happened to a container."""

    QUARANTINE = "quarantine", "In quarantine"
    UNDER_REVIEW = "under_review", "Under QP review"
    RELEASED_INITIAL = "released_initial", "Released, results pending"
    RELEASED_FINAL = "released_final", "Released, final"
    LATE_OOS = "late_oos", "Failed after release"
    REJECTED = "rejected", "Rejected"


class Certification(models.TextChoices):
    """Which certification of the Qualified Person a lot carries: EudraLex volume 4, part IV, 11.3."""

    NONE = "none", "Not certified"
    INITIAL = "initial", "Initial certification"
    FINAL = "final", "Final certification"


class ResultStatus(models.TextChoices):
    """Whether a second person has checked a result, or it was taken back."""

    ENTERED = "entered", "Entered"
    REVIEWED = "reviewed", "Checked"
    INVALIDATED = "invalidated", "Invalidated"


class Conclusion(models.TextChoices):
    """What a result says of the lot; a read that is negative to date leaves the test pending."""

    PENDING = "pending", "Pending"
    COMPLIES = "complies", "Complies"
    OOS = "oos", "Out of specification"
    INDETERMINATE = "indeterminate", "To be judged by a person"
