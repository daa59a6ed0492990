"""Products, dossiers and reviews in the Django admin: what there is and where it stands, not what it says."""

from dossiers.admin import combined, documents, dossiers, filings, reviews, workspace

__all__ = ["combined", "documents", "dossiers", "filings", "reviews", "workspace"]
