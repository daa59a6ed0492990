"""What the answers about a candidate put into the request to the CAT; an unknown answer stays an open one."""

from classification.models import Assessment
from classification.queries.prefill import applicant, product, reasons
from classification.queries.prefill.told import Told
from classification.request_form import tidy

TEXTS = {**applicant.TEXTS, **product.TEXTS, **reasons.TEXTS}


def prefilled(assessment: Assessment) -> dict[str, str]:
    """Return the text that the answers give to each field they speak to; empty where they say nothing."""
    told = Told.about(assessment)
    return {key: tidy(text(told)) for key, text in TEXTS.items()}


__all__ = ["TEXTS", "prefilled"]
