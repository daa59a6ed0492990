"""The sponsors of the demo story, fictitious both, each with the typeface of its house style."""

from atmp_portal.demo.content import Sponsor

NORVIA = Sponsor("Norvia Therapeutics", "Kanaaldok 12, 9000 Ghent, Belgium", "Libertinus Serif")
OSTRAVA = Sponsor("Ostrava Cell Works", "Hlubinská 18, 702 00 Ostrava, Czechia", "IBM Plex Sans")
