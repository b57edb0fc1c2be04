"""Answers keep what they are given, sealed where they are sensitive."""

import pytest

from forms.answers.answers import Answers
from forms.answers.keeping import pack, unpack
from forms.definitions.document import Document
from forms.sealing.seal import BrokenSealError, is_sealed
from tests.factories.forms import one_step, question

GUARDIANS = {
    "type": "roster",
    "name": "guardians",
    "label": "监护人",
    "items": [question("phone", "tel", sensitive=True)],
}


def filled() -> Answers:
    answers = Answers()
    answers.put("name", "小雨")
    item = answers.add_item("guardians")
    answers.put("tel", "13812345678", item)
    return answers


def test_answers_come_back_from_json_as_they_went():
    answers = filled()
    assert Answers.from_json(answers.to_json()) == answers


def test_plain_answers_come_back_with_their_rosters():
    plain = {"name": "小雨", "guardians": [{"tel": "1", "cards": [{"no": "a"}]}, {"tel": "2"}]}
    assert Answers.from_plain(plain, {"guardians", "cards"}).to_plain() == plain


def test_removing_an_item_takes_its_answers_and_inner_items():
    answers = Answers.from_plain(
        {"guardians": [{"tel": "1", "cards": [{"no": "a"}]}]}, {"guardians", "cards"}
    )
    answers.remove_item("guardians", answers.items("guardians")[0])
    assert answers.values == {}
    assert answers.rosters == {("", "guardians"): []}


def test_sensitive_answers_are_sealed_on_their_way_to_the_database():
    document = Document.model_validate(one_step(question("name", "name"), GUARDIANS))
    kept = pack(document, filled(), "owner")
    assert kept["values"]["name"] == "小雨"
    assert is_sealed(kept["rosters"]["guardians"][0]["values"]["tel"])
    assert unpack(kept, "owner").to_plain() == {"name": "小雨", "guardians": [{"tel": "13812345678"}]}


def test_a_sealed_answer_does_not_open_in_another_place():
    document = Document.model_validate(one_step(question("name", "name", sensitive=True)))
    kept = pack(document, filled(), "owner")
    with pytest.raises(BrokenSealError):
        unpack(kept, "another")
