"""Forms for lots and their release."""

import re
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone

from accounts.models import User
from audit.forms import SignatureForm
from dossiers.models import Product
from qc.forms.editions import EditionForm
from qc.models import Lot, Specification
from qc.statuses import LotStatus

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
NUMBER = re.compile(r"[A-Za-z0-9]+([./-][A-Za-z0-9]+)*")
DATE = re.compile(
    r"(?<!\d)(\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})"
    r"|(19|20)\d{6}|\d{4}(19|20)\d{2})(?!\d)"
)
CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?P<utc>\s*UTC)?", re.IGNORECASE)
DAY_FORMATS = ["%d %b %Y", "%d %B %Y", "%Y-%m-%d"]


class ContactForm(EditionForm):
    """Whom to call at the hospital."""

    clinical_contact = forms.CharField(
        label="Clinical contact",
        help_text="Name, place and a number that answers day and night. No lot is released without it.",
        max_length=200,
    )


class LotForm(forms.Form):
    """What a lot is registered with."""

    specification: "forms.ModelChoiceField[Specification]" = forms.ModelChoiceField(
        queryset=None,
        label="Product and specification in force",
        empty_label="Choose a product",
    )
    number = forms.CharField(
        label="Lot number", help_text="As printed on the label, for example NTG-26-0417.", max_length=40
    )
    made_on = forms.DateField(
        label="Day of manufacture", help_text="For example 23 Nov 2026.", input_formats=DAY_FORMATS
    )
    made_at = forms.CharField(
        label="Time of manufacture",
        help_text="The shelf life is counted from it. Site time such as 10:40, or 09:40 UTC.",
        max_length=12,
    )
    patient_pseudonym = forms.CharField(
        label="Patient, by pseudonym",
        help_text="The code of the hospital or trial, such as NX-0417. Never a name or a date of birth.",
        max_length=40,
        required=False,
    )
    chain_of_identity = forms.CharField(
        label="Chain of identity identifier",
        help_text="For example COI-NRV1-26-0004182-2.",
        max_length=60,
        required=False,
    )
    containers = forms.IntegerField(label="Containers", min_value=1, max_value=10_000, initial=1)
    clinical_contact = forms.CharField(
        label="Clinical contact",
        help_text="Name, place and a number that answers day and night. Needed before release.",
        max_length=200,
        required=False,
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        in_force = (
            Specification.objects.visible_to(user)
            .in_force()
            .select_related("product")
            .order_by("product__name")
        )
        field: Any = self.fields["specification"]
        field.queryset = in_force
        field.label_from_instance = _named

    def clean_number(self) -> str:
        """Refuse a number that is taken, whatever its case."""
        number: str = self.cleaned_data["number"]
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError("Use letters, digits, hyphens, points and slashes, without spaces.")
        if Lot.objects.filter(organisation_id=self.user.organisation_id, number__iexact=number).exists():
            raise forms.ValidationError(f"There is a lot {number} already.")
        return number

    def clean_patient_pseudonym(self) -> str:
        """Refuse what looks like a name or a date of birth: patients are known to their hospital only."""
        typed: str = self.cleaned_data["patient_pseudonym"]
        if not typed:
            return ""
        if DATE.search(typed):
            raise forms.ValidationError("This looks like a date of birth. Use the code, such as NX-0417.")
        if not CODE.fullmatch(typed) or not re.search(r"\d", typed):
            raise forms.ValidationError(
                "This looks like a name. Use the code: capital letters, digits and hyphens, such as NX-0417."
            )
        return typed

    def clean_made_at(self) -> re.Match[str]:
        """Read a time of day."""
        found = CLOCK.fullmatch(self.cleaned_data["made_at"].strip())
        if found is None:
            raise forms.ValidationError("Write the time as 10:40, or as 09:40 UTC.")
        return found

    def clean(self) -> dict[str, Any]:
        """Put day and time together, and ask for the patient of an autologous product."""
        data = super().clean() or {}
        if data.get("made_on") and data.get("made_at"):
            data["manufactured_at"] = self._moment(data["made_on"], data["made_at"])
        specification = data.get("specification")
        has_answer = data.get("patient_pseudonym") or "patient_pseudonym" in self.errors
        if specification and specification.product.is_autologous and not has_answer:
            self.add_error("patient_pseudonym", "The product is autologous: give the code of the patient.")
        return data

    @property
    def lot(self) -> dict[str, Any]:
        """What the action takes; only of a valid form."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"made_on", "made_at"}
        }

    def _moment(self, day: Any, clock: re.Match[str]) -> datetime | None:
        naive = datetime.combine(day, time(int(clock["hour"]), int(clock["minute"])))
        if clock["utc"]:
            moment = naive.replace(tzinfo=UTC)
        else:
            try:
                moment = from_current_timezone(naive)
            except forms.ValidationError:
                self.add_error(
                    "made_at", "The clocks change in this hour. Write the time in UTC, such as 00:40 UTC."
                )
                return None
        if moment > timezone.now():
            self.add_error("made_at", "This lies in the future. A lot is registered once it is made.")
        return moment


def _named(specification: Specification) -> str:
    return f"{specification.product}, {specification}, {specification.shelf_life_hours} h"


class RejectionForm(SignatureForm):
    """The reason of a rejection, signed."""

    reason = forms.CharField(
        label="Why the lot is rejected",
        help_text="Everybody who may see the lot reads it.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["reason", "password"]


class LotFilterForm(forms.Form):
    """Which lots a list shows."""

    state = forms.ChoiceField(
        choices=[("", "All states"), *LotStatus.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select w-auto"}),
    )
    product: "forms.ModelChoiceField[Product]" = forms.ModelChoiceField(
        queryset=None,
        empty_label="All products",
        required=False,
        widget=forms.Select(attrs={"class": "form-select w-auto"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lots = Lot.objects.visible_to(user).order_by()
        field: Any = self.fields["product"]
        field.queryset = Product.objects.visible_to(user).filter(pk__in=lots.values("product_id"))

    @property
    def is_used(self) -> bool:
        """Whether the list is narrowed."""
        return any(self.chosen.values())

    @property
    def chosen(self) -> dict[str, str]:
        """The filter; what was not understood filters nothing."""
        self.is_valid()
        product = self.cleaned_data.get("product")
        return {
            "state": self.cleaned_data.get("state") or "",
            "product": str(product.pk) if product else "",
        }
