from django.db import migrations

NUMBERS = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "10.1",
    "10.2",
    "10.3",
    "10.4",
    "10.5",
    "10.6",
    "11",
    "11.1",
    "11.2",
    "11.3",
    "11.4",
    "11.5",
    "11.6",
    "11.7",
    "11.8",
    "12",
    "13",
    "13.1",
    "13.2",
    "13.3",
    "14",
    "14.1",
    "14.2",
    "14.3",
    "14.4",
    "14.5",
    "14.6",
    "14.7",
    "15",
    "16",
    "17",
    "18",
    "19",
    "20",
    "21",
    "22",
    "23",
    "23.1",
    "23.2",
    "23.3",
    "23.4",
]
PROCEDURES = ("maa", "certification")


def open_parts(apps, schema_editor):
    Dossier = apps.get_model("dossiers", "Dossier")
    Gspr = apps.get_model("dossiers", "Gspr")
    Conformity = apps.get_model("dossiers", "Conformity")
    waiting = Dossier.objects.filter(
        outcome_class__startswith="combined-", procedure__in=PROCEDURES, conformity=None
    )
    for dossier in waiting.iterator(chunk_size=500):
        Conformity.objects.create(dossier=dossier)
        there = set(Gspr.objects.filter(dossier=dossier).values_list("number", flat=True))
        Gspr.objects.bulk_create(
            Gspr(dossier=dossier, number=number, position=position)
            for position, number in enumerate(NUMBERS, start=1)
            if number not in there
        )


class Migration(migrations.Migration):
    """Dossiers of combined products that are there already get their sub-assessments opened.

    Going back leaves the rows; the schema migration before it takes their tables away.
    """

    dependencies = [("dossiers", "0011_combined_parts")]

    operations = [migrations.RunPython(open_parts, migrations.RunPython.noop, elidable=False)]
