"""The cast is who it says it is: every other test relies on it."""

from training.accounts.models import Person, Unit
from training.attempts.models import Attempt
from training.cohorts.models import Cohort, Enrolment


def test_thea_is_enrolled_and_has_a_row_for_every_module(thea, enrolment):
    assert list(Enrolment.objects.of(thea)) == [enrolment]
    assert enrolment.modules.count() == 2
    assert enrolment.progress.percent == 0


def test_each_instructor_teaches_one_cohort(ines, otto, cohort, other_cohort, thea):
    assert list(Cohort.objects.taught_by(ines)) == [cohort]
    assert list(Cohort.objects.taught_by(otto)) == [other_cohort]
    assert not Enrolment.objects.taught_by(otto).exists()


def test_cole_oversees_his_branch_and_ada_everything(cole, ada, thea, other_unit, unit):
    assert set(Unit.objects.coordinated_by(cole)) == {unit, thea.unit}
    assert other_unit in Unit.objects.coordinated_by(ada)
    assert thea in Person.objects.overseen_by(cole)


def test_sam_has_no_role(sam, thea, ines, cole, aude):
    assert not (sam.is_admin or sam.is_staff or sam.is_superuser)
    for nothing in (sam.enrolments, sam.staffing, sam.appointments):
        assert not nothing.exists()


def test_somebody_signed_in_is_known_to_the_site(signed_in, thea):
    assert signed_in(thea).session["_auth_user_id"] == str(thea.pk)
    assert Attempt.objects.of(thea).count() == 0
