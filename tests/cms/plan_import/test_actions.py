"""Who may import where, and what a batch does between upload and undo."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.pages.models import PlanPage
from cms.people.models import Role
from cms.plan_import.actions import ConfirmImport, StartImport, UndoImport
from cms.plan_import.models import BatchState, ImportBatch, ImportedPlan
from cms.plan_import.running import RunBatch
from tests.cms.plan_import.samples import SCHOOL_PLAN
from tests.factories import make_bureau_user, make_plan, make_school, make_school_user

pytestmark = pytest.mark.django_db
FILES = [("plan.txt", SCHOOL_PLAN.encode(), "")]


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def editor(school):
    return make_school_user(school)


def dry_run(user, school, files=FILES) -> ImportBatch:
    batch = StartImport(user, school, files).execute()
    RunBatch(batch).execute()
    batch.refresh_from_db()
    return batch


def confirm(user, batch) -> ImportBatch:
    chosen = set(ImportedPlan.objects.filter(file__batch=batch, chosen=True).values_list("pk", flat=True))
    batch = ConfirmImport(user, batch, chosen).execute()
    RunBatch(batch).execute()
    batch.refresh_from_db()
    return batch


def test_the_dry_run_makes_no_page(editor, school):
    batch = dry_run(editor, school)
    assert batch.awaits_confirmation
    assert ImportedPlan.objects.get().report["page"] is None
    assert not PlanPage.objects.exists()


def test_confirming_makes_drafts_owned_by_the_user(editor, school):
    confirm(editor, dry_run(editor, school))
    page = PlanPage.objects.get()
    assert (page.live, page.owner, page.school) == (False, editor, school)
    assert ImportedPlan.objects.get().page == page


def test_only_chosen_plans_are_made(editor, school):
    texts = "\n".join(f"工作计划篇{number}\n{SCHOOL_PLAN}{number}" for number in "一二")
    batch = dry_run(editor, school, [("a.txt", texts.encode(), "")])
    first = ImportedPlan.objects.first()
    RunBatch(ConfirmImport(editor, batch, {first.pk}).execute()).execute()
    assert PlanPage.objects.get().title == first.title


def test_a_duplicate_is_not_chosen_by_itself(editor, school):
    make_plan(school, title=SCHOOL_PLAN.splitlines()[0])
    dry_run(editor, school)
    assert not ImportedPlan.objects.get().chosen


def test_uploads_are_dropped_once_the_pages_are_made(editor, school):
    batch = dry_run(editor, school)
    upload = batch.files.get().upload
    assert upload.storage.exists(upload.name)
    confirm(editor, batch)
    assert not upload.storage.exists(upload.name)


def test_uploads_stand_outside_the_media_folder(editor, school, settings):
    batch = dry_run(editor, school)
    assert str(settings.MEDIA_ROOT) not in batch.files.get().upload.path


def test_a_batch_is_confirmed_once(editor, school):
    batch = dry_run(editor, school)
    confirm(editor, batch)
    with pytest.raises(ValidationError):
        confirm(editor, batch)


def test_at_least_one_plan_must_be_chosen(editor, school):
    with pytest.raises(ValidationError):
        ConfirmImport(editor, dry_run(editor, school), set()).execute()


def test_a_school_editor_imports_for_her_own_school_alone(editor):
    for place in (make_school(), None):
        with pytest.raises(PermissionDenied):
            StartImport(editor, place, FILES).execute()


def test_a_class_teacher_and_an_inspector_import_nothing(school):
    for user in (make_school_user(school, Role.CLASS_TEACHER), make_bureau_user(Role.INSPECTOR)):
        with pytest.raises(PermissionDenied):
            StartImport(user, school, FILES).execute()


def test_the_bureau_imports_for_every_place(school):
    user = make_bureau_user()
    for place in (school, None):
        assert dry_run(user, place).awaits_confirmation


def test_nobody_confirms_or_undoes_the_batch_of_another_school(editor, school):
    batch = dry_run(editor, school)
    stranger = make_school_user(make_school())
    with pytest.raises(PermissionDenied):
        ConfirmImport(stranger, batch, set()).execute()
    with pytest.raises(PermissionDenied):
        UndoImport(batch, stranger).execute()


def test_batches_are_seen_by_their_school_and_the_bureau(editor, school):
    batch = dry_run(editor, school)
    stranger = make_school_user(make_school())
    seen = [batch in ImportBatch.objects.for_user(user) for user in (editor, make_bureau_user(), stranger)]
    assert seen == [True, True, False]


def test_undo_keeps_a_page_that_waits_for_approval(editor, school):
    batch = confirm(editor, dry_run(editor, school))
    page = PlanPage.objects.get()
    page.get_workflow().start(page, editor)
    deleted, kept = UndoImport(batch, editor).execute()
    assert (deleted, [plan.kept_because for plan in kept]) == ([], ["该页面已提交审核。"])


def test_undo_leaves_the_record_of_the_batch(editor, school):
    batch = confirm(editor, dry_run(editor, school))
    UndoImport(batch, editor).execute()
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    assert ImportedPlan.objects.get().page is None


def test_a_batch_without_a_readable_file_has_failed(editor, school):
    assert dry_run(editor, school, [("a.doc", b"x", "")]).state == BatchState.FAILED


def test_the_task_runs_a_batch_that_waits(editor, school, django_capture_on_commit_callbacks):
    from cms.plan_import.tasks import run_batch

    batch = StartImport(editor, school, FILES).execute()
    run_batch.call(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE


def test_starting_hands_the_batch_to_the_worker(editor, school, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    from cms.plan_import.tasks import run_batch

    with django_capture_on_commit_callbacks(execute=True):
        batch = StartImport(editor, school, FILES).execute()
    assert DBTaskResult.objects.get(task_path=run_batch.module_path).args_kwargs["args"] == [batch.pk]
