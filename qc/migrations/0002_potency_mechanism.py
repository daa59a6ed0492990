from django.db import migrations, models


class Migration(migrations.Migration):
    """A potency test says which claimed mechanism it tests."""

    dependencies = [
        ("qc", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="specificationtest",
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
                verbose_name="mechanism that a potency test tests",
            ),
            preserve_default=False,
        ),
    ]
