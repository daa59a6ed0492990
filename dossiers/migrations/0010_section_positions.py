from django.db import migrations
from django.db.models import F

STEP = 10_000
UNDER_ONE = 2_000


def spread(apps, schema_editor):
    """Leave room for repetitions between the sections; no new position is an old one."""
    sections = apps.get_model("dossiers", "Section").objects.filter(position__lt=STEP)
    sections.update(position=F("position") * STEP)


def draw_together(apps, schema_editor):
    """Number the sections as before; repetitions, which have no number between, come last."""
    section = apps.get_model("dossiers", "Section")
    for place, key in enumerate(
        section.objects.filter(repetition__gt=1).order_by("dossier", "position").values_list("pk", flat=True)
    ):
        section.objects.filter(pk=key).update(position=UNDER_ONE + place)
    section.objects.filter(position__gte=STEP, repetition=1).update(position=F("position") / STEP)


class Migration(migrations.Migration):
    """Positions grow by a step, so that the repetitions of a branch stand behind it."""

    dependencies = [
        ("dossiers", "0009_workspace"),
    ]

    operations = [
        migrations.RunPython(spread, draw_together),
    ]
