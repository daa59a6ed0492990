"""The page of the rule sets."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from classification.queries.rulesets import ruleset_page


@require_safe
def ruleset_list(request: PortalRequest) -> HttpResponse:
    """Show the rule sets with their versions, and what they would decide otherwise today."""
    page = ruleset_page(request.user, request.GET.get("page"))
    context = {"page": page, "page_obj": page.deviations}
    return render(request, "classification/ruleset_list.html", context)
