"""Whether a sponsor may change and file a dossier."""

from accounts.models import User
from dossiers.models import Dossier


def why_not_edit_documents(dossier: Dossier, user: User) -> str | None:
    """Stub."""
    return None


def why_not_file(dossier: Dossier, user: User) -> str | None:
    """Stub."""
    return None
