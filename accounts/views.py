"""Pages of login, account, passwords, invitations and inbox."""

from uuid import UUID

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, permissions, queries
from accounts.forms import AddressForm, LoginForm, NewPasswordForm, PasswordChangeForm
from accounts.http import PortalRequest
from accounts.models import Notice, User

BACKEND = "accounts.backends.MembershipBackend"
PER_PAGE = 25


def to(request: HttpRequest, path: str, *, otherwise: str) -> HttpResponse:
    """Redirect to a path within the site, and never to anything else."""
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(path) if is_ours else redirect(otherwise)


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Log a person in and lead them where they wanted to go."""
    path = request.POST.get("next") or request.GET.get("next", "")
    if request.user.is_authenticated:
        return to(request, path, otherwise="home")
    form = LoginForm(request, data=request.POST or None)
    if form.is_valid():
        auth.login(request, form.get_user())
        return to(request, path, otherwise="home")
    context = {"form": form, "next": path}
    return render(request, "accounts/login.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    messages.info(request, "You are logged out.")
    return redirect("accounts:login")


@require_safe
def account(request: PortalRequest) -> HttpResponse:
    """Show who the person is for the portal, now and before."""
    return render(request, "accounts/account.html", {"memberships": queries.memberships_of(request.user)})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password_change(request: PortalRequest) -> HttpResponse:
    """Let a person change their password; the session goes on."""
    form = PasswordChangeForm(request, data=request.POST or None)
    if form.is_valid():
        person = actions.set_password(request.user, form.cleaned_data["new_password1"], by=request.user)
        auth.update_session_auth_hash(request, person)
        messages.success(request, "Your password is changed. You were logged out everywhere else.")
        return redirect("accounts:account")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/password_change.html", {"form": form}, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Mail a link for a new password; the answer is the same whether the address is known or not."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        actions.ask_for_password_link(form.cleaned_data["email"])
        return redirect("accounts:password_reset_sent")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/password_reset.html", {"form": form}, status=status)


@login_not_required
@require_safe
def password_reset_sent(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "accounts/password_reset_sent.html")


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password_reset_confirm(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Set a new password through a mailed link that works once."""
    person = queries.person_of_link(uidb64, token)
    if person is None:
        return render(request, "accounts/password_reset_closed.html", status=410)
    form = NewPasswordForm(person, data=request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["new_password1"]
        actions.set_password(person, password, by=person, sentence="Password set through a mailed link")
        messages.success(request, "Your password is set. Log in with it.")
        return redirect("accounts:login")
    context = {"form": form, "person": person}
    return render(
        request, "accounts/password_reset_confirm.html", context, status=422 if form.is_bound else 200
    )


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation and let the invited person accept it by choosing a password."""
    offer = queries.invitation_of(token)
    reason = permissions.why_not_accept(offer) if offer else queries.UNKNOWN_LINK
    if offer is None or reason:
        return render(request, "accounts/invitation_closed.html", {"reason": reason}, status=410)
    person = User(email=offer.email, full_name=offer.full_name)
    form = NewPasswordForm(person, data=request.POST or None)
    if form.is_valid():
        person = actions.accept(offer, password=form.cleaned_data["new_password1"])
        auth.login(request, person, backend=BACKEND)
        messages.success(request, f"Welcome. Your account for {offer.organisation} is ready.")
        return redirect("home")
    context = {"form": form, "invitation": offer}
    return render(request, "accounts/invitation.html", context, status=422 if form.is_bound else 200)


@require_safe
def inbox(request: PortalRequest) -> HttpResponse:
    """List what the person was told."""
    page = Paginator(queries.inbox_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/inbox.html", {"page_obj": page})


@require_POST
def inbox_read_all(request: PortalRequest) -> HttpResponse:
    """Mark everything in the inbox as read."""
    read = actions.read_all(by=request.user)
    messages.success(request, f"{read} notice{'' if read == 1 else 's'} marked as read.")
    return redirect("accounts:inbox")


@require_safe
def notice(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Lead to what a notice is about, and mark it as read on the way."""
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.read(found, by=request.user)
    return to(request, found.path, otherwise="accounts:inbox")
