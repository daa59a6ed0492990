"""Forms for specifications and their lines."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import User
from classification.models import Mechanism
from dossiers.models import Product
from qc import evaluation, families
from qc.forms.editions import EditionForm
from qc.models import Specification, SpecificationTest
from qc.queries import products_for_specifications
from qc.statuses import Category, CriterionKind

BEFORE, AFTER = "before", "after"


class HeadForm(EditionForm):
    """Shelf life and storage of a draft."""

    shelf_life_hours = forms.IntegerField(
        label="Shelf life in hours",
        help_text="Elapsed hours from manufacture: 72 for a fresh product, 8760 for one year frozen.",
        min_value=1,
        max_value=24 * 366 * 10,
    )
    storage = forms.CharField(
        label="Storage condition", help_text="For example 2 to 8 °C.", max_length=60, required=False
    )


class SpecificationForm(forms.Form):
    """What a new specification needs: product, code, shelf life and a template to start from."""

    product: "forms.ModelChoiceField[Product]" = forms.ModelChoiceField(
        queryset=None, empty_label="Choose a product"
    )
    code = forms.CharField(
        help_text="As your quality system numbers it, for example SPEC-NTG-003.", max_length=40, strip=True
    )
    family = forms.ChoiceField(
        label="Start from",
        help_text="A template brings limits with their sources. Each stays marked until you take it over.",
        choices=[("", "No template"), *families.FAMILIES.items()],
        required=False,
    )
    shelf_life_hours = HeadForm.base_fields["shelf_life_hours"]
    storage = HeadForm.base_fields["storage"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["product"].queryset = products_for_specifications(user)  # type: ignore[attr-defined]  # a model choice has one

    def clean_code(self) -> str:
        """Keep one code for one specification."""
        code: str = self.cleaned_data["code"]
        if Specification.objects.filter(organisation_id=self.user.organisation_id, code=code).exists():
            raise forms.ValidationError(
                "This code is taken. Draft a new version on the page of the specification."
            )
        return code


class LimitField(forms.CharField):
    """A limit as it is written: the number of its decimals says how results are rounded."""

    default_error_messages = {"number": "Write a number with a point, such as 80 or 0.50."}

    def clean(self, value: Any) -> Decimal | None:
        """Read the number; a limit is never censored."""
        text = super().clean(value)
        if not text:
            return None
        try:
            reading = evaluation.read(text)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["number"]) from error
        if reading.qualifier or reading.value is None:
            raise forms.ValidationError(self.error_messages["number"])
        return reading.value


class LineForm(EditionForm):
    """One line of a specification."""

    category = forms.ChoiceField(label="Attribute", choices=[("", "Choose an attribute"), *Category.choices])
    name = forms.CharField(label="Test", max_length=200)
    method = forms.CharField(
        help_text="With its pharmacopoeial number, for example Ph. Eur. 2.7.24.", max_length=200
    )
    criterion = forms.ChoiceField(label="Criterion", choices=CriterionKind.choices, widget=forms.RadioSelect)
    lower = LimitField(
        label="Lower limit",
        help_text="As many decimals as results are rounded to before they are compared.",
        required=False,
    )
    is_lower_inclusive = forms.TypedChoiceField(
        label="The lower limit itself",
        choices=[("yes", "complies (≥)"), ("no", "does not comply (>)")],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    upper = LimitField(label="Upper limit", required=False)
    is_upper_inclusive = forms.TypedChoiceField(
        label="The upper limit itself",
        choices=[("yes", "complies (≤)"), ("no", "does not comply (<)")],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    unit = forms.CharField(
        help_text="Results are entered in this unit and no other.", max_length=80, required=False
    )
    expected_text = forms.CharField(
        label="Expected, in words", help_text="For a criterion in words.", max_length=200, required=False
    )
    turnaround_hours = forms.DecimalField(
        label="Time to result in hours",
        help_text="336 for a sterility test of 14 days.",
        min_value=Decimal("0.01"),
        max_digits=7,
        decimal_places=2,
    )
    may_follow_release = forms.TypedChoiceField(
        label="When the result must be known",
        choices=[(BEFORE, "Before release"), (AFTER, "It may follow the initial certification")],
        coerce=lambda value: value == AFTER,
        initial=BEFORE,
        widget=forms.RadioSelect,
    )
    read_days = forms.CharField(
        label="Days of the interim reads",
        help_text="For a test that runs for days: 2, 5, 7, 10. A read that is due must be in before release.",
        max_length=60,
        required=False,
    )
    alternative = forms.CharField(
        label="Alternatives",
        help_text="Lines with the same letter stand for each other: one that complies is enough.",
        max_length=10,
        required=False,
    )
    mechanism = forms.ChoiceField(
        label="Mechanism that it tests",
        help_text="For a potency test: which claim of the classification it shows.",
        choices=[("", "None, or not a potency test"), *Mechanism.choices],
        required=False,
    )
    source = forms.CharField(
        label="Where the limit comes from",
        help_text="Report, publication or chapter that justifies it.",
        max_length=300,
        required=False,
    )

    def clean_read_days(self) -> str:
        """Keep days as rising whole numbers."""
        typed: str = self.cleaned_data["read_days"]
        if not typed:
            return ""
        days = re.split(r"\s*[,;]\s*|\s+", typed.strip(" ,;"))
        if not all(day.isdigit() and 0 < int(day) < 1000 for day in days):
            raise forms.ValidationError("Write whole days with commas, such as 2, 5, 7, 10.")
        return ", ".join(str(day) for day in sorted({int(day) for day in days}))

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind of criterion needs, and forget what it does not use."""
        data = super().clean()
        kind = data.get("criterion")
        has_lower = kind in {CriterionKind.MIN, CriterionKind.RANGE}
        has_upper = kind in {CriterionKind.MAX, CriterionKind.RANGE}
        self._need("lower", data, is_needed=has_lower, message="Give the lower limit.")
        self._need("upper", data, is_needed=has_upper, message="Give the upper limit.")
        self._need(
            "expected_text", data, is_needed=kind == CriterionKind.TEXT, message="Say what is expected."
        )
        lower, upper = data.get("lower"), data.get("upper")
        if lower is not None and upper is not None and lower >= upper:
            self.add_error("upper", "The upper limit lies above the lower one.")
        if data.get("category") != Category.POTENCY:
            data["mechanism"] = ""
        data["decimals"] = evaluation.decimals_of([lower, upper])
        if kind != CriterionKind.ABSENT and data.get("read_days"):
            self.add_error("read_days", "Interim reads belong to a test for absence.")
        hours = data.get("turnaround_hours")
        if hours and data.get("read_days") and int(data["read_days"].rsplit(", ", 1)[-1]) * 24 >= hours:
            self.add_error("read_days", "The reads lie before the end of the test.")
        return data

    def _need(self, name: str, data: dict[str, Any], *, is_needed: bool, message: str) -> None:
        if is_needed and data.get(name) in {None, ""} and name not in self.errors:
            self.add_error(name, message)
        elif not is_needed and name in data:
            data[name] = "" if name == "expected_text" else None

    @property
    def line(self) -> dict[str, Any]:
        """The fields of the line; only of a valid form."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"edition", "take_over"}
        }


class TemplateLineForm(LineForm):
    """A line that came from a template: saving may take its limit over."""

    take_over = forms.BooleanField(
        label="This limit is ours: take it over from the template",
        help_text="The specification can be approved once every limit is taken over.",
        required=False,
    )


def line_form_for(test: SpecificationTest) -> type[LineForm]:
    """Return the form of a line: one from a template can be taken over."""
    return TemplateLineForm if test.is_template else LineForm


def initial_of(test: SpecificationTest) -> dict[str, Any]:
    """Return a line as its form shows it."""
    names = (
        "category",
        "name",
        "method",
        "criterion",
        "unit",
        "expected_text",
        "read_days",
        "alternative",
        "mechanism",
        "source",
    )
    return {
        **{name: getattr(test, name) for name in names},
        "lower": _limit(test.lower, test.decimals),
        "upper": _limit(test.upper, test.decimals),
        "is_lower_inclusive": "yes" if test.is_lower_inclusive else "no",
        "is_upper_inclusive": "yes" if test.is_upper_inclusive else "no",
        "turnaround_hours": f"{test.turnaround_hours.normalize():f}",
        "may_follow_release": AFTER if test.may_follow_release else BEFORE,
        "edition": test.edition,
    }


def _limit(value: Decimal | None, decimals: int) -> str:
    return "" if value is None else f"{evaluation.rounded(value, decimals):f}"


class PickForm(forms.Form):
    """The ticked lines of a draft."""

    tests: "forms.ModelMultipleChoiceField[SpecificationTest]" = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Lines",
        error_messages={"required": "Tick the lines first.", "invalid_choice": "A ticked line is gone."},
    )

    def __init__(self, specification: Specification, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tests"].queryset = specification.tests.all()  # type: ignore[attr-defined]  # likewise
