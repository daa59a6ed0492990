"""The people of the demo story and their logins; outside the demo these accounts let nobody in."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import Membership, Organisation, User
from accounts.roles import Role, Side

SPONSOR_PASSWORD = "norvia-demo-2026"  # noqa: S105  # printed on the demo's login page
AUTHORITY_PASSWORD = "agency-demo-2026"  # noqa: S105  # likewise
ADMINISTRATION_PASSWORD = "admin-demo-2026"  # noqa: S105  # likewise
PASSWORDS = {
    Side.SPONSOR: SPONSOR_PASSWORD,
    Side.AUTHORITY: AUTHORITY_PASSWORD,
    Side.ADMINISTRATION: ADMINISTRATION_PASSWORD,
}

NORVIA = "Norvia Therapeutics"
OSTRAVA = "Ostrava Cell Works"
AGENCY = "European Agency for Living Medicines"
ADMINISTRATION = "Administration"


@dataclass(frozen=True)
class DemoLogin:
    """A person of the demo and how to sign in as them."""

    name: str
    email: str
    role: Role
    organisation: str

    @property
    def password(self) -> str:
        """The password, one for each side."""
        return PASSWORDS[self.role.side]


DEMO_LOGINS = (
    DemoLogin("Ines Halvorsen", "ines.halvorsen@norvia.example", Role.REGULATORY_LEAD, NORVIA),
    DemoLogin("Tomasz Wierzba", "tomasz.wierzba@norvia.example", Role.CONTRIBUTOR, NORVIA),
    DemoLogin("Milan Dvořák", "milan.dvorak@norvia.example", Role.QC_ANALYST, NORVIA),
    DemoLogin("Jun Sato", "jun.sato@norvia.example", Role.QUALITY_ASSURANCE, NORVIA),
    DemoLogin("Dr Aoife Brennan", "aoife.brennan@norvia.example", Role.QUALIFIED_PERSON, NORVIA),
    DemoLogin("Marta Lind", "marta.lind@norvia.example", Role.READER, NORVIA),
    DemoLogin("Petra Svobodová", "petra.svobodova@ostrava.example", Role.REGULATORY_LEAD, OSTRAVA),
    DemoLogin("Clara Weiss", "clara.weiss@agency.example", Role.COORDINATOR, AGENCY),
    DemoLogin("Dr Sofia Marques", "sofia.marques@agency.example", Role.REVIEWER, AGENCY),
    DemoLogin("Dr Lena Okafor", "lena.okafor@agency.example", Role.REVIEWER, AGENCY),
    DemoLogin("Dr Piet van Aalst", "piet.vanaalst@agency.example", Role.REVIEWER, AGENCY),
    DemoLogin("Eva Rossi", "eva.rossi@agency.example", Role.REVIEWER, AGENCY),
    DemoLogin("Ada Lindqvist", "ada.lindqvist@portal.example", Role.ADMINISTRATOR, ADMINISTRATION),
)


@transaction.atomic
def create() -> dict[str, User]:
    """Create the organisations and people of the story, once; returns the people by name."""
    places = {
        NORVIA: (Side.SPONSOR, True),
        OSTRAVA: (Side.SPONSOR, True),
        AGENCY: (Side.AUTHORITY, False),
        ADMINISTRATION: (Side.ADMINISTRATION, False),
    }
    homes = {
        name: Organisation.objects.get_or_create(name=name, defaults={"side": side, "is_sme": is_sme})[0]
        for name, (side, is_sme) in places.items()
    }
    people = {}
    for login in DEMO_LOGINS:
        person = User.objects.create_user(login.email, login.name, login.password, is_demo=True)
        Membership.objects.create(user=person, organisation=homes[login.organisation], role=login.role)
        people[login.name] = person
    return people
