"""Forms for results: a number, or what the eye found; final or on the way."""

from typing import Any

from django import forms
from django.utils import timezone

from qc import evaluation
from qc.models import Lot, SpecificationTest
from qc.statuses import CriterionKind

FINAL, READ = "final", "read"
FINDINGS = {"yes": True, "no": False, "unclear": None}


class NumberForm(forms.Form):
    """A result that is a number in the unit of the test."""

    raw = forms.CharField(label="Result", max_length=40)

    def __init__(self, test: SpecificationTest, lot: Lot, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.test, self.lot = test, lot
        unit = f"In {test.unit}. " if test.unit else ""
        self.fields[
            "raw"
        ].help_text = f"{unit}As read, for example 96.2, or <0.3 below a limit of quantitation."

    def clean_raw(self) -> str:
        """Refuse what is not a number or a bound."""
        raw: str = self.cleaned_data["raw"]
        try:
            evaluation.read(raw)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return raw

    @property
    def entry(self) -> dict[str, Any]:
        """What the action takes; only of a valid form."""
        return {"raw": self.cleaned_data["raw"]}


class FindingForm(forms.Form):
    """A result that the eye judges: as described, or absent."""

    finding = forms.ChoiceField(widget=forms.RadioSelect, choices=[])
    text = forms.CharField(label="As observed", max_length=200, required=False)

    def __init__(self, test: SpecificationTest, lot: Lot, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.test, self.lot = test, lot
        field: Any = self.fields["finding"]
        if test.criterion == CriterionKind.ABSENT:
            field.label = "Found"
            field.choices = [
                ("yes", "Nothing: absent, negative, no growth"),
                ("no", "Something: present, positive, growth"),
                ("unclear", "Cannot be judged"),
            ]
            self.fields["text"].help_text = "In the words of the laboratory record, for example no growth."
        else:
            field.label = "Compared with the description"
            field.help_text = f"Expected: {test.expected_text}"
            field.choices = [
                ("yes", "As described"),
                ("no", "Not as described"),
                ("unclear", "Cannot be judged"),
            ]

    @property
    def entry(self) -> dict[str, Any]:
        """What the action takes; only of a valid form."""
        return {
            "is_as_expected": FINDINGS[self.cleaned_data["finding"]],
            "text": self.cleaned_data["text"],
        }


class GrowthForm(FindingForm):
    """A result of a test for absence, which may be read on the way."""

    stage = forms.ChoiceField(
        label="This is",
        choices=[(READ, "An interim read: the test goes on"), (FINAL, "The final result")],
        widget=forms.RadioSelect,
    )
    read_on_day = forms.IntegerField(label="Day of the read", min_value=1, max_value=999, required=False)
    field_order = ["stage", "read_on_day", "finding", "text"]

    def __init__(self, test: SpecificationTest, lot: Lot, *args: Any, **kwargs: Any) -> None:
        super().__init__(test, lot, *args, **kwargs)
        self.today = lot.day_of(timezone.now())
        reads = f" Reads are due on day {test.read_days}." if test.read_days else ""
        self.fields["read_on_day"].help_text = f"Of an interim read. Today is day {self.today}.{reads}"
        if self.today >= 1:
            self.fields["read_on_day"].initial = self.today
        self.fields["stage"].initial = READ if test.scheduled_reads else FINAL

    def clean(self) -> dict[str, Any]:
        """An interim read has its day, and that day has come."""
        data = super().clean() or {}
        if data.get("stage") != READ:
            data["read_on_day"] = None
        elif "read_on_day" not in self.errors:
            day = data.get("read_on_day")
            if day is None:
                self.add_error("read_on_day", "Give the day of the read.")
            elif day > self.today:
                self.add_error(
                    "read_on_day", f"Today is day {self.today}. A read is entered on its day or after it."
                )
        return data

    @property
    def entry(self) -> dict[str, Any]:
        """What the action takes; only of a valid form."""
        return {**super().entry, "read_on_day": self.cleaned_data["read_on_day"]}


class Reasoned(forms.Form):
    """Why a result is put in the place of another."""

    reason = forms.CharField(
        label="Why the earlier result is wrong",
        help_text="It stays readable beside the new one. A repeat that came out better is not a reason.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NumberCorrectionForm(Reasoned, NumberForm):
    """A corrected number."""

    field_order = ["raw", "reason"]


class FindingCorrectionForm(Reasoned, FindingForm):
    """A corrected finding."""

    field_order = ["finding", "text", "reason"]


def entry_form_for(test: SpecificationTest) -> type[NumberForm] | type[FindingForm]:
    """Return the form in which a result of this test is entered."""
    if test.is_numeric:
        return NumberForm
    return GrowthForm if test.criterion == CriterionKind.ABSENT else FindingForm


def correction_form_for(test: SpecificationTest) -> type[NumberCorrectionForm] | type[FindingCorrectionForm]:
    """Return the form in which a result of this test is corrected."""
    return NumberCorrectionForm if test.is_numeric else FindingCorrectionForm
