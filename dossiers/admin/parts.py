"""Rows of which each dossier has hundreds, in the Django admin."""

import re
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest

from audit.admin import ReadOnlyAdmin

DOSSIER_NUMBER = re.compile(r"H[0-9]{7}", re.IGNORECASE)


class PartOfDossierAdmin(ReadOnlyAdmin):
    """Rows of which each dossier has hundreds: found by the number of the dossier without reading them all.

    They stand in the order of an index. The dates of all of them are not read for the sake of a way down
    from year to day; a filter chooses the date instead.
    """

    has_trail = False
    number_field: ClassVar[str] = "dossier__number"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Take a whole dossier number as what it is; other words are looked for everywhere."""
        number = search_term.strip()
        if DOSSIER_NUMBER.fullmatch(number):
            return queryset.filter(**{self.number_field: number.upper()}), False
        return super().get_search_results(request, queryset, search_term)
