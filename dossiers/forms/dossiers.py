"""Input for dossiers."""

from typing import Any
from uuid import uuid4

from django import forms

from accounts.models import User
from dossiers import permissions, structure
from dossiers.models import Product
from dossiers.statuses import Procedure

DAYS = ["%d %b %Y", "%d %B %Y", "%Y-%m-%d"]


class DossierForm(forms.Form):
    """A new dossier: of which product, for which procedure."""

    product = forms.ModelChoiceField(
        Product.objects.none(),
        empty_label="Choose a product",
        help_text="Its class decides which sections and requirements the dossier gets.",
    )
    procedure = forms.ChoiceField(choices=(), widget=forms.RadioSelect)
    planned_on = forms.DateField(
        label="Planned filing",
        required=False,
        input_formats=DAYS,
        help_text="For example 10 Mar 2027.",
        error_messages={"invalid": "Write the day as in 10 Mar 2027."},
    )

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        products = Product.objects.visible_to(user).select_related("organisation", "assessment")
        choice: Any = self.fields["product"]
        choice.queryset = products
        choice.label_from_instance = lambda product: f"{product.name}, {product.class_in_words}"
        procedure: Any = self.fields["procedure"]
        procedure.choices = [
            (code, f"{label}. {structure.procedures()[code].about}") for code, label in Procedure.choices
        ]

    def clean(self) -> dict[str, Any]:
        """Say at the procedure why it is not open to this sponsor."""
        product, procedure = self.cleaned_data.get("product"), self.cleaned_data.get("procedure")
        if product and procedure:
            refusal = permissions.why_not_create_dossier(product, procedure, self.user)
            if refusal:
                self.add_error("procedure", refusal)
        return self.cleaned_data
