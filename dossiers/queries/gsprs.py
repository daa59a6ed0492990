"""The check list of safety and performance requirements as a person may read it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from accounts.models import User
from accounts.roles import Side
from dossiers import permissions
from dossiers.combined import Standing
from dossiers.combined_tables import GsprRow, gspr_numbered
from dossiers.models import Dossier, Gspr
from dossiers.queries.combined import document_url, seen_by
from dossiers.queries.plate import Plate, plate
from dossiers.statuses import Applicability, DossierStatus, GsprJudgement


@dataclass(frozen=True)
class GsprLine:
    """A safety and performance requirement in the check list."""

    row: GsprRow
    key: Any
    applicability: str
    reason: str
    standard: str
    document: str
    document_url: str
    page: int | None
    place: str
    is_open: bool
    judgement: str
    judgement_word: str
    remark: str

    @property
    def word(self) -> str:
        """Whether it applies, in words."""
        if self.is_open and self.applicability == Applicability.APPLIES:
            return "Applies, no evidence"
        return str(Applicability(self.applicability).label)

    @property
    def tone(self) -> str:
        """The tone of its state."""
        if self.is_open:
            return "warn" if self.applicability == Applicability.APPLIES else "open"
        return "none"

    @property
    def judgement_tone(self) -> str:
        """The tone of what the authority says."""
        return {"complies": "none", "does_not_comply": "stop"}.get(self.judgement, "open")


@dataclass(frozen=True)
class GsprList:
    """The check list of the device, all of it or what is open."""

    plate: Plate
    dossier: Dossier
    chapters: list[tuple[str, list[GsprLine]]]
    done: int
    of: int
    applying: int
    shown: str
    filters: tuple[tuple[str, str, int, bool], ...]
    edit_refusal: str | None
    judge_refusal: str | None
    rare: int
    is_as_filed: bool
    shows_judgement: bool


def gspr_list(dossier: Dossier, user: User, shown: str = "") -> GsprList:
    """Gather the check list."""
    lines, shows_judgement = gspr_lines(dossier, user)
    is_authority = user.side == Side.AUTHORITY
    open_lines = [line for line in lines if _is_waiting(line, is_authority)]
    kept = open_lines if shown == "open" else lines
    first = dossier.gsprs.select_related("dossier").first()
    refusal = permissions.why_not_edit_documents(dossier, user)
    return GsprList(
        plate=plate(dossier, user),
        dossier=dossier,
        chapters=[
            (chapter, list(group)) for chapter, group in groupby(kept, key=lambda line: line.row.chapter)
        ],
        done=len(lines) - len(open_lines),
        of=len(lines),
        applying=sum(line.applicability == Applicability.APPLIES for line in lines),
        shown="open" if shown == "open" else "",
        filters=(
            ("", "All", len(lines), shown != "open"),
            ("open", "Open only", len(open_lines), shown == "open"),
        ),
        edit_refusal=refusal,
        judge_refusal=permissions.why_not_judge_gspr(first, user) if first else "Nothing to judge.",
        rare=sum(line.row.is_rare and line.applicability == Applicability.NOT_DECIDED for line in lines),
        is_as_filed=is_authority,
        shows_judgement=shows_judgement,
    )


def _is_waiting(line: GsprLine, is_authority: bool) -> bool:
    if is_authority:
        return line.applicability == Applicability.APPLIES and line.judgement == GsprJudgement.OPEN
    return line.is_open


def gspr_lines(dossier: Dossier, user: User) -> tuple[list[GsprLine], bool]:
    """Return the requirements as the person may read them; the sponsor reads judgements at the end."""
    standing = seen_by(user, dossier)
    shows = user.side == Side.AUTHORITY or dossier.status == DossierStatus.CONCLUDED
    return [_line(standing, gspr, shows=shows) for gspr in dossier.gsprs.all()], shows


def gspr_line(gspr: Gspr, user: User) -> GsprLine:
    """Return one requirement as the person may read it."""
    shows = user.side == Side.AUTHORITY or gspr.dossier.status == DossierStatus.CONCLUDED
    return _line(seen_by(user, gspr.dossier), gspr, shows=shows)


def _line(standing: Standing, gspr: Gspr, *, shows: bool) -> GsprLine:
    written = standing.gsprs.get(gspr.number, {})
    return GsprLine(
        gspr_numbered()[gspr.number],
        gspr.pk,
        written.get("applicability", Applicability.NOT_DECIDED),
        written.get("reason", ""),
        written.get("standard", ""),
        written.get("document", ""),
        document_url(standing.dossier, written),
        written.get("page"),
        written.get("place", ""),
        standing.is_open(gspr.number),
        gspr.judgement if shows else "",
        gspr.get_judgement_display() if shows else "",
        gspr.remark if shows else "",
    )
