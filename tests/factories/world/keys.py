"""What an address is asked with."""

from collections.abc import Mapping
from typing import Any

from tests.factories import reviews

Keys = Mapping[str, Any]

SECTION = reviews.FIRST
TOKEN = "the-link-of-an-invitation-that-is-open"
