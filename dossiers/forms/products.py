"""Input for products."""

from typing import Any

from django import forms

from accounts.models import User
from classification.models import Assessment
from dossiers import permissions
from dossiers.models import Product
from dossiers.queries.products import Candidate


class ProductForm(forms.Form):
    """A product made of a candidate: the words of the candidate, to be changed where needed."""

    name = forms.CharField(
        label="Name of the product",
        max_length=120,
        help_text="The invented name, or the internal name until there is one.",
    )
    descriptor = forms.CharField(
        label="Short descriptor",
        max_length=200,
        help_text="What the active substance is, in a few words. "
        "For example autologous dendritic cells with tumour lysate.",
    )
    indication = forms.CharField(label="Proposed indication", max_length=300)

    def __init__(self, assessment: Assessment, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment, self.user = assessment, user
        self.initial = {
            "name": assessment.name[:120],
            "descriptor": assessment.description.split("\n")[0][:200],
            "indication": assessment.indication,
            **self.initial,
        }

    def clean_name(self) -> str:
        """Keep names apart within a sponsor."""
        name: str = self.cleaned_data["name"]
        if Product.objects.filter(organisation_id=self.user.organisation_id, name__iexact=name).exists():
            raise forms.ValidationError("Your organisation has a product of this name already.")
        return name

    def clean(self) -> dict[str, Any]:
        """Say why the candidate cannot become a product."""
        refusal = permissions.why_not_create_product(self.assessment, self.user)
        if refusal:
            raise forms.ValidationError(refusal)
        return self.cleaned_data


class AdoptForm(forms.Form):
    """Which of the newer classifications a product adopts."""

    assessment = forms.ChoiceField(label="Classification", widget=forms.RadioSelect)

    def __init__(self, candidates: list[Candidate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {
            str(candidate.assessment.pk): candidate.assessment
            for candidate in candidates
            if candidate.refusal is None
        }
        choice: Any = self.fields["assessment"]
        choice.choices = [(key, str(assessment)) for key, assessment in self.candidates.items()]
        if len(self.candidates) == 1:
            choice.initial = next(iter(self.candidates))

    @property
    def chosen(self) -> Assessment:
        """The classification chosen; only of a valid form."""
        return self.candidates[self.cleaned_data["assessment"]]
