"""The questions of a form (题目), a class a type. What a type does with an answer is in `forms.kinds`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from forms.definitions.base import Expression, Label, Name, Part, Value

MEGABYTE = 1024 * 1024


class Question(Part):
    """What every question has.

    `relevant`, `constraint`, `calculation`, `default` (when it begins with "=") and a `required` that is not a plain
    yes or no are expressions. `purpose` says why it is asked (个人信息保护法 第十七条), `keep_months` how long the
    answer is kept after the form's end; 0 is for as long as the submission.
    """

    asks: ClassVar[bool] = True

    name: Name
    label: Label
    hint: Label = ""
    #: More help, which people open when they want it.
    guidance: Label = ""
    required: bool | Expression = False
    required_message: Label = ""
    relevant: Expression = ""
    constraint: Expression = ""
    constraint_message: Label = ""
    default: str = Field("", max_length=2_000)
    read_only: bool = False
    sensitive: bool = False
    searchable: bool = False
    purpose: Label = ""
    keep_months: int = Field(0, ge=0, le=1200)
    #: The property of the form's register that this answer is written to and filled in from.
    saves_to: str = Field("", pattern=r"^([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,63})?$")


class Text(Question):
    """A line of text (单行文本)."""

    type: Literal["text"] = "text"
    max_length: int = Field(500, ge=1, le=5_000)
    #: A regular expression that the whole answer must match.
    pattern: str = Field("", max_length=500)
    #: What is typed: decides the keyboard of a phone. A bar code may also be typed.
    keyboard: Literal["text", "digits", "email", "url", "barcode"] = "text"


class LongText(Question):
    """Several lines of text (多行文本)."""

    type: Literal["long_text"] = "long_text"
    max_length: int = Field(5_000, ge=1, le=50_000)
    rows: int = Field(5, ge=2, le=30)


class Integer(Question):
    """A whole number (整数)."""

    type: Literal["integer"] = "integer"
    minimum: int | None = None
    maximum: int | None = None
    #: With a minimum: only the minimum and whole steps above it are accepted.
    step: int | None = Field(None, ge=1)
    appearance: Literal["field", "slider"] = "field"
    unit: str = Field("", max_length=20)


class DecimalNumber(Question):
    """A number with decimals, kept exactly (小数)."""

    type: Literal["decimal"] = "decimal"
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    #: With a minimum: only the minimum and whole steps above it are accepted.
    step: Decimal | None = Field(None, gt=0)
    appearance: Literal["field", "slider"] = "field"
    places: int = Field(2, ge=0, le=10)
    unit: str = Field("", max_length=20)


class Date(Question):
    """A day (日期). `minimum` and `maximum` are ISO days, or "today"."""

    type: Literal["date"] = "date"
    minimum: str = Field("", pattern=r"^(|today|\d{4}-\d\d-\d\d)$")
    maximum: str = Field("", pattern=r"^(|today|\d{4}-\d\d-\d\d)$")


class Time(Question):
    """A time of day (时间)."""

    type: Literal["time"] = "time"


class DateTime(Question):
    """A day and a time of day (日期和时间)."""

    type: Literal["datetime"] = "datetime"


class Month(Question):
    """A month (年月)."""

    type: Literal["month"] = "month"


class _Choosing(Question):
    """A question with a list of choices."""

    list: Name
    choice_filter: Expression = ""


class SingleChoice(_Choosing):
    """One of a list (单选): radio buttons, a drop-down, or a drop-down with search for long lists."""

    type: Literal["choice"] = "choice"
    appearance: Literal["radio", "select", "search"] = "radio"


class MultipleChoice(_Choosing):
    """Several of a list (多选)."""

    type: Literal["choices"] = "choices"
    minimum: int = Field(0, ge=0)
    maximum: int | None = Field(None, ge=1)


class YesNo(Question):
    """Yes or no (是否): the answer is `yes` or `no`."""

    type: Literal["yes_no"] = "yes_no"


class Ranking(_Choosing):
    """Choices put in an order (排序)."""

    type: Literal["ranking"] = "ranking"


class MatrixRow(Part):
    """A row of a rating matrix. Its name is a name of the form: expressions ask for it as for a question."""

    name: Name
    label: Label
    relevant: Expression = ""


class Matrix(_Choosing):
    """Rows that share one list of choices (矩阵评分). The answer maps row names to choices."""

    type: Literal["matrix"] = "matrix"
    rows: tuple[MatrixRow, ...] = Field(min_length=1)


class PersonName(Question):
    """A person's name (姓名)."""

    type: Literal["name"] = "name"


class Gender(Question):
    """Gender (性别): `male` or `female`, as on the id card (GB/T 2261.1)."""

    type: Literal["gender"] = "gender"


class IdNumber(Question):
    """A citizen's id number (居民身份证号码, GB 11643); birth date and sex follow from it."""

    type: Literal["id_number"] = "id_number"


class Phone(Question):
    """A telephone number of the mainland (电话)."""

    type: Literal["phone"] = "phone"
    accepts: Literal["any", "mobile", "landline"] = "any"


class Address(Question):
    """An address (地址): a division code (GB/T 2260) and the detail."""

    type: Literal["address"] = "address"
    #: Division codes that the list is cut down to, for example a county's six digits.
    within: str = Field("", pattern=r"^(\d{2}|\d{4}|\d{6}|)$")
    detail_required: bool = True


class Location(Question):
    """Where the browser is, when the person agrees (位置)."""

    type: Literal["location"] = "location"


class File(Question):
    """Files (附件)."""

    type: Literal["file"] = "file"
    maximum: int = Field(1, ge=1, le=20)
    max_bytes: int = Field(10 * MEGABYTE, ge=1024, le=50 * MEGABYTE)
    extensions: tuple[str, ...] = ("pdf", "docx", "xlsx", "jpg", "jpeg", "png")


class Photo(Question):
    """Photos (照片), re-encoded without location data."""

    type: Literal["photo"] = "photo"
    maximum: int = Field(1, ge=1, le=20)
    max_bytes: int = Field(10 * MEGABYTE, ge=1024, le=50 * MEGABYTE)


class Signature(Question):
    """A signature drawn by hand, or typed where drawing is not possible (签名)."""

    type: Literal["signature"] = "signature"


class Consent(Question):
    """An agreement to a text that is shown in full (知情同意)."""

    type: Literal["consent"] = "consent"
    text: Label
    #: The answer of a person who agrees, as expressions see it.
    agreed: Value = "yes"


class Scored(_Choosing):
    """A choice that brings points (计分题): the points stand at the choices of its list."""

    type: Literal["scored"] = "scored"


class Calculation(Question):
    """A value worked out from others (计算). Shown unless it is hidden."""

    asks: ClassVar[bool] = False

    type: Literal["calculation"] = "calculation"
    label: Label = ""
    calculation: Expression
    result: Literal["text", "number", "date"] = "text"
    shown: bool = False


class Hidden(Question):
    """A value that nobody sees and that is set by its default, the address or the register (隐藏值)."""

    asks: ClassVar[bool] = False

    type: Literal["hidden"] = "hidden"
    label: Label = ""
    #: The key in the form's address that may set it.
    parameter: str = Field("", max_length=64)


class RecordReference(Question):
    """A record of a register (台账记录)."""

    type: Literal["record"] = "record"
    register_name: Name = Field(alias="register")


AnyQuestion = Annotated[
    Text | LongText | Integer | DecimalNumber | Date | Time | DateTime | Month | SingleChoice | MultipleChoice | YesNo
    | Ranking | Matrix | PersonName | Gender | IdNumber | Phone | Address | Location | File | Photo | Signature
    | Consent | Scored | Calculation | Hidden | RecordReference,
    Field(discriminator="type"),
]  # fmt: skip
QUESTION_TYPES: dict[str, type[Question]] = {
    cls.model_fields["type"].default: cls
    for cls in (
        Text, LongText, Integer, DecimalNumber, Date, Time, DateTime, Month, SingleChoice, MultipleChoice, YesNo,
        Ranking, Matrix, PersonName, Gender, IdNumber, Phone, Address, Location, File, Photo, Signature, Consent,
        Scored, Calculation, Hidden, RecordReference,
    )
}  # fmt: skip
