from django.db import migrations, models


class Migration(migrations.Migration):
    """What the applicant claims that the product does, as data and in words."""

    dependencies = [
        ("classification", "0004_copied_from"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="mechanism",
            field=models.CharField(
                blank=True,
                choices=[
                    ("kills_targets", "Kills target cells"),
                    ("calms_immunity", "Calms the immune system"),
                    ("primes_immunity", "Primes an immune response"),
                    ("secretes_factors", "Secretes factors that act on tissue"),
                    ("makes_protein", "Makes a missing protein from the transgene"),
                    ("corrects_gene", "Corrects or adds a gene"),
                    ("rebuilds_blood", "Rebuilds the blood system"),
                    ("forms_tissue", "Forms new tissue"),
                    ("closes_wound", "Covers or closes a wound"),
                    ("other", "Other"),
                ],
                default="",
                max_length=20,
                verbose_name="claimed mechanism",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="assessment",
            name="mechanism_text",
            field=models.TextField(blank=True, default="", verbose_name="the claim in words"),
            preserve_default=False,
        ),
    ]
