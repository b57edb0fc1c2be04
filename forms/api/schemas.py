"""What the forms' API takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from cms.service import Problem

Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class FormSummary(Schema):
    """A form that the reader may fill in."""

    slug: str
    title: str
    audience: str
    version: int
    about: str | None = Field(None, description="台账名称；填写时要指明 `about` 记录。")
    url: str


class FormList(Schema):
    """The forms that the reader may fill in."""

    items: list[FormSummary]


class FormDetail(FormSummary):
    """A form: its document, and the JSON Schema of its answers."""

    definition: dict[str, Any] = Field(description="表单定义，格式见 `/api/v1/forms/schema`。")
    answers_schema: dict[str, Any] = Field(description="答案的 JSON Schema（2020-12）。")
    opening: Opening | None = Field(None, description="公开表单目前是否开放。")
    expressions: dict[str, Any] = Field(description="条件与计算的语法树，供浏览器端求值。")


class DraftIn(Schema):
    """What a draft begins with."""

    answers: dict[str, Any] = Field(default_factory=dict)
    school: str | None = Field(None, max_length=20, description="学校代码。")
    about: UUID | None = Field(None, description="填写对象：台账记录的编号。")
    copy_last: bool = False
    parameters: dict[str, str] = Field(default_factory=dict)
    page: str = Field("", max_length=12, description="表单页的 `code`：未登录时，草稿归该页所属学校。")
    uuid: UUID | None = Field(None, description="由客户端生成时，重复请求只建一份草稿。")


class ChallengeOut(Schema):
    """What a program that hands in for an anonymous person must bring: a number that it works out, or an answer."""

    challenge: str = Field(description="签名的题目，提交时原样带回；一小时内有效，只能用一次。")
    nonce: str = Field(description="找出十进制数 n，使 SHA-256(`nonce:n`) 以 `bits` 个零位开头。")
    bits: int
    question: str = Field(description="不用脚本时，可改由填写人回答的简单问题。")


class DecisionIn(Schema):
    """What the person says about a record that may be of the same child."""

    mark: str = Field(max_length=64, description="409 所列的 `mark`。")
    same: bool = Field(description="true：就是这份档案，答案写入其中；false：是另一名儿童。")
    reason: str = Field("", max_length=200, description="为什么不是同一名儿童；`must_say_why` 时必填。")


class PossibleDuplicate(Schema):
    """A record that may be of the same child. Of one that the person may not see, only that it is there."""

    mark: str = Field(description="认定时原样带回。")
    how: Literal["id_number", "name_birth", "sound"] = Field(
        description="证件号码相同、姓名和出生日期相同，或姓名读音相近。"
    )
    where: Literal["seen", "school", "elsewhere"] = Field(
        description="本人可查看、本校他人负责，或在其他学校；只有 seen 可以认定为同一人。"
    )
    must_say_why: bool
    record: UUID | None = Field(None, description="以下三项只在 `where` 为 seen 时给出。")
    label: str | None = None
    birth_date: str | None = None


class PossibleDuplicates(Problem):
    """Why a draft is not handed in yet: each of these is to be decided."""

    duplicates: list[PossibleDuplicate] | None = None


class SubmitIn(Schema):
    """What is brought at handing in: decisions about possible duplicates; without a log-in, the challenge."""

    duplicates: list[DecisionIn] = Field(
        default_factory=list, max_length=10, description="对疑似重复档案的认定，一次全部给出。"
    )

    challenge: str = Field("", max_length=500)
    solution: str = Field("", max_length=40, description="工作量证明：找到的数。")
    answer: str = Field("", max_length=40, description="或：简单问题的答案。")


class Opening(Schema):
    """Whether a public form takes anything in now."""

    standing: str = Field(description="open、not_yet、over、full 或 closed。")
    words: str = Field(description="未开放时的说明。")
    opens_at: str | None
    closes_at: str | None
    places_left: int | None


class AnswersIn(Schema):
    """Changed answers. A roster is given whole: items keep their `id`, those without one are new."""

    answers: dict[str, Any]
    step: str = Field("", max_length=64, description="已填完的步骤。")


class DraftOut(Schema):
    """A draft as it stands."""

    uuid: UUID
    form: str
    version: int
    state: str
    revision: int
    url: str
    key: str | None = Field(None, description="公开表单的密钥：以后的请求放在 `Draft-Key` 头中。")
    path: list[str] = Field(description="按现有答案要经过的步骤。")
    answers: dict[str, Any]
    relevant: dict[str, bool]
    calculated: dict[str, str]
    errors: dict[str, list[str]] = Field(description="名册中的题目写作 `名册[1].题目`。")
    complete: bool
    comment: str = Field("", description="退回时对整份填写的意见。")
    comments: dict[str, list[str]] = Field(
        default_factory=dict, description="退回时逐题的意见；名册中的题目写作 `名册[1].题目`。"
    )


class Changed(Schema):
    """What is different in the newer version of a form."""

    kind: Literal["new", "gone", "other_type", "other_text", "moved"]
    question: str
    before: str
    after: str


class CarriedOut(DraftOut):
    """A draft in the form's newest version."""

    changed: list[Changed]


class DraftInShort(Schema):
    """A draft of one's own list."""

    uuid: UUID
    form: str
    title: str
    version: int
    school: str | None
    about: UUID | None
    returned: bool = Field(description="提交后被退回修改。")
    revision: int
    changed_at: str


class DraftList(Schema):
    """One's own drafts, the last changed first."""

    items: list[DraftInShort]


class WithdrawIn(Schema):
    """Why a submission is withdrawn."""

    comment: str = Field("", max_length=2_000, description="撤回的说明。")


class FileOut(Schema):
    """A file that was stored."""

    id: UUID
    name: str
    size: int


class SubmissionOut(Schema):
    """A submission."""

    uuid: UUID
    receipt: str
    form: str
    version: int
    school: str | None
    about: UUID | None
    state: str
    summary: str
    revision: int
    submitted_at: str
    changed_at: str
    answers: dict[str, Any] | None = Field(None, description="敏感答案已遮盖。")
    calculated: dict[str, str] | None = Field(
        None, description="计算题的值和得分，键如 `total`、`guardian[1].age`；敏感的已遮盖。"
    )


class SubmissionList(Schema):
    """A page of submissions, newest first."""

    items: list[SubmissionOut]
    next: str | None
