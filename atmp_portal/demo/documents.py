"""Every document of the demo story."""

from atmp_portal.demo import chondrafix, immunord, nortagen
from atmp_portal.demo.filing import DemoDocument

DEMO_DOCUMENTS: tuple[DemoDocument, ...] = (
    *nortagen.DOCUMENTS,
    *chondrafix.DOCUMENTS,
    *immunord.DOCUMENTS,
)


def pdf(file_name: str, version: int = 1) -> bytes:
    """The demo file of this name; names are unique across the products."""
    for document in DEMO_DOCUMENTS:
        if (document.file_name, document.version) == (file_name, version):
            return document.build()
    raise LookupError(f"The demo story has no {file_name}, version {version}.")
