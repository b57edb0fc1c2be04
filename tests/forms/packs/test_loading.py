"""A pack installs once, upgrades what it brought, and leaves alone what the bureau made its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from forms.answers.answers import Answers
from forms.codes.models import Code, CodeList
from forms.definitions.actions import PublishForm
from forms.definitions.models import Form
from forms.packs.actions import LoadPack
from forms.packs.reading import BUILT_IN, Pack, PackError
from forms.registers.models import Register
from forms.run.compiled import compiled
from forms.run.engine import run

pytestmark = pytest.mark.django_db
CHILDREN = "left_behind_children"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the children's pack that a test may change, without what it requires."""
    folder = tmp_path / "pack"
    shutil.copytree(BUILT_IN / CHILDREN, folder)
    _edit(folder / "pack.json", requires=[])
    return folder


def _edit(path: Path, **more) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **more}))


def test_the_pack_of_the_children_brings_a_register_and_seven_forms():
    LoadPack(Pack.named(CHILDREN)).execute()
    assert Register.objects.get().record_name == "儿童"
    assert Form.objects.open().filter(pack=CHILDREN).count() == 7


def test_the_archive_has_five_steps_and_the_guardians_as_a_roster():
    document = Pack.named(CHILDREN).document("child-archive")
    assert len(document.steps) == 5
    assert "guardian" in document.rosters


@pytest.mark.parametrize(
    "asked",
    [
        # The list of four plans: the child, the parents and where they work, the carer.
        (
            "name gender birth_date father_name mother_name home_address home_phone father_workplace mother_workplace "
            "father_phone mother_phone guardian_job guardian_address guardian_phone guardian_health guardian_age"
        ),
        # What one plan adds: character, interests, health, how parents and carers are reached.
        "personality hobbies health father_phone mother_phone guardian_phone",
        # What another one adds: a temporary carer of a name and address, results at school, growth, activities.
        (
            "name gender age personality father_workplace mother_workplace father_phone mother_phone guardian_name "
            "guardian_kind guardian_address guardian_phone study_results growth activities"
        ),
        # What three others add: the family's situation, who brings the child up, boarding, help for the poor.
        "family_situation grandparents_care guardian_education boarding poor_family",
    ],
    ids=["file", "character", "growth", "family"],
)
def test_the_archive_asks_what_the_plans_list(asked):
    document = Pack.named(CHILDREN).document("child-archive")
    assert set(asked.split()) <= document.questions.keys()
    rosters = {name: placed.rosters for name, placed in document.questions.items()}
    assert all([one.name for one in rosters[name]] == ["guardian"] for name in rosters if "guardian_" in name)


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("study-help-plan", ["学业情况", "帮扶时间", "帮扶内容", "阶段性效果", "学习帮手", "责任教师"]),
        ("talk-record", ["谈心日期", "谈心人", "谈心内容", "谈心要点"]),
        ("individual-plan", ["制定方案的原因", "具体表现", "措施", "责任人"]),
    ],
)
def test_a_form_asks_what_the_plans_name(form, labels):
    document = Pack.named(CHILDREN).document(form)
    assert set(labels) <= {placed.item.label for placed in document.questions.values()}


@pytest.mark.parametrize(
    ("form", "matrix", "domains"),
    [
        ("child-archive", "survey_all", ["学习", "生活", "心理", "安全", "健康"]),
        ("home-visit", "state", ["学习", "生活", "情绪", "交友", "身体"]),
    ],
)
def test_the_five_domains_are_rows_that_share_a_scale(form, matrix, domains):
    question = Pack.named(CHILDREN).document(form).questions[matrix].item
    assert [row.label for row in question.rows] == domains
    assert question.required


def test_every_property_that_a_form_saves_to_is_one_of_the_register():
    pack = Pack.named(CHILDREN)
    names = {one.name for one in pack.register("children").properties}
    for form in pack.manifest.forms:
        saved = {p.item.saves_to for p in pack.document(form.slug).questions.values() if p.item.saves_to}
        assert saved <= names


def test_a_property_is_sensitive_where_the_question_is():
    pack = Pack.named(CHILDREN)
    sensitive = {one.name: one.sensitive for one in pack.register("children").properties}
    for form in pack.manifest.forms:
        for placed in pack.document(form.slug).questions.values():
            if placed.item.saves_to:
                assert sensitive[placed.item.saves_to] == placed.item.sensitive, placed.item.name


def test_every_sensitive_question_says_why_it_is_asked():
    pack = Pack.named(CHILDREN)
    for form in pack.manifest.forms:
        for placed in pack.document(form.slug).questions.values():
            assert placed.item.purpose or not placed.item.sensitive, placed.item.name


def test_every_form_runs_without_a_fault_on_no_answers():
    pack = Pack.named(CHILDREN)
    for form in pack.manifest.forms:
        made = compiled(pack.document(form.slug))
        outcome = run(made, Answers())
        assert outcome.faults == {}
        assert len(outcome.path) == len(made.document.steps)


def test_loading_again_changes_nothing(pack: Path):
    LoadPack(Pack(pack)).execute()
    assert {result for _, _, result in LoadPack(Pack(pack)).execute()} == {"same"}


def test_an_upgrade_publishes_a_new_version_of_a_form(pack: Path):
    LoadPack(Pack(pack)).execute()
    _edit(pack / "forms" / "talk-record.json", title="谈心卡")
    assert ("form", "talk-record", "changed") in LoadPack(Pack(pack)).execute()
    assert Form.objects.get(slug="talk-record").live.number == 2


def test_a_form_that_was_changed_here_stays(pack: Path):
    LoadPack(Pack(pack)).execute()
    form = Form.objects.get(slug="talk-record")
    PublishForm(form, {**form.live.content, "title": "本县谈心卡"}).execute()
    _edit(pack / "forms" / "talk-record.json", title="谈心卡")
    assert ("form", "talk-record", "kept") in LoadPack(Pack(pack)).execute()
    form.refresh_from_db()
    assert form.title == "本县谈心卡"


def test_a_property_that_the_pack_drops_stays_in_the_register(pack: Path):
    LoadPack(Pack(pack)).execute()
    path = pack / "registers" / "children.json"
    _edit(
        path,
        properties=[one for one in json.loads(path.read_text())["properties"] if one["name"] != "hobbies"],
    )
    LoadPack(Pack(pack)).execute()
    assert "hobbies" in {one["name"] for one in Register.objects.get().properties}


def test_the_divisions_lead_from_county_to_province():
    LoadPack(Pack.named("divisions")).execute()
    county = Code.objects.get(codes__name="divisions", value="420921")
    city = Code.objects.get(codes=county.codes, value=county.parent)
    assert (county.label, city.label) == ("孝昌县", "孝感市")
    assert Code.objects.get(codes=county.codes, value=city.parent).label == "湖北省"


def test_every_division_above_another_is_there():
    rows = Pack.named("divisions").code_rows("divisions")
    values = {row["value"] for row in rows}
    assert len(values) == len(rows)
    assert {row["parent"] for row in rows} - {""} <= values


def test_a_code_that_is_gone_is_retired_and_keeps_its_label(tmp_path: Path):
    folder = tmp_path / "codes-pack"
    shutil.copytree(BUILT_IN / "divisions", folder)
    LoadPack(Pack(folder)).execute()
    path = folder / "codes" / "divisions.tsv"
    path.write_text("".join(line for line in path.open() if not line.startswith("420921")))
    LoadPack(Pack(folder)).execute()
    assert Code.objects.get(value="420921").retired
    assert CodeList.objects.get().revision == 3


def test_a_pack_that_is_not_there_is_refused():
    with pytest.raises(PackError):
        Pack.named("nothing")


def test_a_broken_file_is_named(pack: Path):
    (pack / "forms" / "pairing.json").write_text("{}")
    with pytest.raises(PackError, match=r"pairing\.json"):
        LoadPack(Pack(pack)).execute()
