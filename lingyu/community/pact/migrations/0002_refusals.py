"""What was found stays, and nobody seconds their own finding: the database refuses it."""

from django.db import migrations

from lingyu.store.append_only import append_only
from lingyu.store.refusing import refuse_insert


class Migration(migrations.Migration):
    dependencies = [("pact", "0001_initial")]
    operations = [
        append_only("pact_finding", "pact_second", "pact_correction", "pact_pactversion"),
        refuse_insert(
            "pact_second",
            "pact_second_by_another",
            when="exists (select 1 from pact_finding f where f.id = new.finding_id "
            "and (f.decided_by_id = new.by_id or f.member_id = new.by_id))",
            words="a finding is seconded by another than who decided it or whom it is about",
        ),
    ]
