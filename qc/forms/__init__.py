"""Forms of quality control: they read and check what is typed, and save nothing."""

from qc.forms.lots import ContactForm, LotFilterForm, LotForm, RejectionForm
from qc.forms.results import correction_form_for, entry_form_for
from qc.forms.specifications import (
    HeadForm,
    LineForm,
    PickForm,
    SpecificationForm,
    initial_of,
    line_form_for,
)

__all__ = [
    "ContactForm",
    "HeadForm",
    "LineForm",
    "LotFilterForm",
    "LotForm",
    "PickForm",
    "RejectionForm",
    "SpecificationForm",
    "correction_form_for",
    "entry_form_for",
    "initial_of",
    "line_form_for",
]
