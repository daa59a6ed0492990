"""The demo story: what happened before the first visitor came, told through the portal's own actions."""

from atmp_portal.demo.story import candidates, chondrafix, immunord, lots, nortagen, reports
from atmp_portal.demo.story.stage import Chapter, Stage

CHAPTERS: tuple[Chapter, ...] = (
    *candidates.CHAPTERS,
    *nortagen.CHAPTERS,
    *chondrafix.CHAPTERS,
    *immunord.CHAPTERS,
    *lots.CHAPTERS,
    *reports.CHAPTERS,
)


def tell(stage: Stage) -> None:
    """Play every chapter in the order of its day, so that the trail reads as it would have been written."""
    for chapter in sorted(CHAPTERS, key=lambda chapter: -chapter.hours_ago):
        with stage.at(chapter.hours_ago):
            chapter.play(stage)
    stage.read_texts()
    stage.settle_notices()
