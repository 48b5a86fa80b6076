"""What was decided stays, and nobody rules on an appeal against their own decision: the database refuses it."""

from django.db import migrations

from lingyu.store.append_only import append_only
from lingyu.store.refusing import refuse_insert


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        append_only(
            "cases_decision", "cases_reversal", "cases_appeal", "cases_ruling", "cases_goldenanswer", "cases_double"
        ),
        refuse_insert(
            "cases_ruling",
            "cases_ruling_by_another",
            when="exists (select 1 from cases_appeal a join cases_decision d on d.id = a.decision_id "
            "where a.id = new.appeal_id and (d.by_id = new.by_id or a.by_id = new.by_id))",
            words="an appeal is ruled on by another than who decided or who appealed",
        ),
        refuse_insert(
            "cases_double",
            "cases_double_by_another",
            when="exists (select 1 from cases_decision d where d.case_id = new.case_id and d.by_id = new.by_id)",
            words="a second look is taken by another than who decided",
        ),
    ]
