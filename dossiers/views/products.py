"""Pages of products."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from audit.refusals import Refused
from classification.models import Assessment
from dossiers import permissions
from dossiers.actions import products as actions
from dossiers.forms.products import AdoptForm, ProductForm
from dossiers.models import Product
from dossiers.models.products import ProductQuerySet
from dossiers.queries import products as queries


@require_safe
def product_list(request: PortalRequest) -> HttpResponse:
    """List the products that the person may see."""
    page_obj = Paginator(queries.product_rows(request.user), 25).get_page(request.GET.get("page"))
    refusal = permissions.why_not_create_products(request.user)
    return render(request, "dossiers/product_list.html", {"page_obj": page_obj, "create_refusal": refusal})


def product_new(request: PortalRequest) -> HttpResponse:
    """Choose a candidate; with one chosen, make a product of it."""
    refusal = permissions.why_not_create_products(request.user)
    if refusal:
        raise Refused(refusal)
    chosen = request.GET.get("assessment")
    if not chosen:
        candidates = queries.candidates(request.user)
        return render(request, "dossiers/product_candidates.html", {"candidates": candidates})
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user), pk=_key(chosen))
    form = ProductForm(assessment, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        product = actions.create(assessment, **form.cleaned_data, by=request.user)
        messages.success(request, f"{product} is a product now.")
        return redirect(product)
    context = {
        "assessment": assessment,
        "form": form,
        "refusal": permissions.why_not_create_product(assessment, request.user),
    }
    return render(request, "dossiers/product_new.html", context, status=422 if form.errors else 200)


@require_safe
def product(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show a product with its class and its dossiers."""
    found = get_object_or_404(_products(request), pk=pk)
    page = queries.product_page(found, request.user)
    return render(request, "dossiers/product.html", {"page": page, "product": found})


def product_adopt(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Let a product adopt a newer signed classification."""
    product = get_object_or_404(_products(request), pk=pk)
    refusal = permissions.why_not_adopt(product, request.user)
    if refusal:
        raise Refused(refusal)
    candidates = queries.newer_versions(product, request.user)
    form = AdoptForm(candidates, request.POST or None)
    if request.method == "POST" and form.is_valid():
        adopted = actions.adopt(product, form.chosen, by=request.user)
        messages.success(request, f"{adopted} has adopted {form.chosen}: {adopted.class_in_words}.")
        return redirect(adopted)
    offer = queries.offer_of(product, candidates)
    context = {"product": product, "candidates": candidates, "offer": offer, "form": form}
    return render(request, "dossiers/product_adopt.html", context, status=422 if form.errors else 200)


def _products(request: PortalRequest) -> ProductQuerySet:
    return Product.objects.visible_to(request.user).select_related("assessment", "organisation")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
