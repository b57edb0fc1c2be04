"""XForms compared by what they mean: a dict for each question, whatever groups it stands in.

Paths become `${name}`, conditions of groups go to everything in them, texts are those of one language.
"""

from __future__ import annotations

import re

from lxml import etree

from forms.expressions import ExpressionError, parse, unparse
from forms.expressions.nodes import Operation

XF = "{http://www.w3.org/2002/xforms}"
H = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
CONTROLS = {"input", "select", "select1", "upload", "trigger", "range", "rank"}
MADE = re.compile(r"generated_(note_name|table_list_label)_\d+|reserved_name_for_field_list_labels_\d+")


def meaning(xform: str, language: str = "") -> dict[str, dict]:
    """Return what each question, note and repeat of the XForm is, by name."""
    root = etree.fromstring(xform.encode())
    reading = _Reading(root, language)
    return {name: {key: part for key, part in parts.items() if part} for name, parts in reading.found.items()}


class _Reading:
    def __init__(self, root, language: str) -> None:
        self.model = root.find(f"{H}head/{XF}model")
        self.language, self.found = language, {}
        self.conditions = {}
        self.binds = {bind.get("nodeset"): bind for bind in self.model.findall(f"{XF}bind")}
        for path, bind in self.binds.items():
            if "/meta/" not in path:
                self._bind(path, bind)
        for action in root.iter(f"{XF}setvalue"):
            name = name_of(action.get("ref"))
            if action.get("value") and "odk-instance-first-load" in (action.get("event") or ""):
                self.found.setdefault(name, {})["default"] = self.expression(action.get("value"))
        self._instance(self.model.find(f"{XF}instance")[0])
        self._body(root.find(f"{H}body"))

    def _bind(self, path: str, bind) -> None:
        above = path.split("/")
        paths = ["/".join(above[: end + 1]) for end in range(2, len(above))]
        conditions = {
            part for one in paths if one in self.binds for part in self.parts(self.binds[one].get("relevant"))
        }
        get = bind.get
        self.found.setdefault(name_of(path), {}).update(
            relevant=frozenset(conditions - {"true()"}),
            required=self.expression(get("required")).replace("false()", ""),
            constraint=self.expression(get("constraint")),
            calculate=self.expression(get("calculate")),
            read_only=self.expression(get("readonly")),
            type="" if get("type") == "string" else get("type"),
            preload=get(f"{JR}preloadParams"),
            constraint_message=self.text(get(f"{JR}constraintMsg")),
            required_message=self.text(get(f"{JR}requiredMsg")),
        )

    def parts(self, expression: str | None) -> set[str]:
        """Return the conditions that an expression joins by `and`."""
        text = self.expression(expression)
        try:
            return set(_flat(parse(text))) if text else set()
        except ExpressionError:
            return {text}

    def expression(self, text: str | None) -> str:
        """Return the expression with `${name}` for every path, written in one way."""
        if not text:
            return ""
        plain = re.sub(
            r"""("[^"]*"|'[^']*')|(?:current\(\)/)?(?:\.\./)+[^\W\d][\w./-]*|(?<![\w)\]])/(?!root)[^\W\d][\w./-]*""",
            lambda match: match[1] or f"${{{name_of(match[0])}}}",
            text,
        )
        plain = " ".join(plain.split())
        try:
            return unparse(parse(plain, columns=True))
        except ExpressionError:
            return plain.replace(" ", "")

    def _instance(self, node) -> None:
        for child in node:
            name = etree.QName(child).localname
            if name == "meta":
                continue
            if len(child):
                self._instance(child)
            elif child.text:
                self.found.setdefault(name, {})["default"] = child.text.strip()

    def _body(self, node) -> None:
        for child in node:
            tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if tag == "repeat":
                count = child.get(f"{JR}count")
                self.found.setdefault(name_of(child.get("nodeset")), {})["count"] = self.expression(count)
            if tag in {"group", "repeat"}:
                self._body(child)
            elif tag in CONTROLS and child.get("appearance") != "label":  # The head of a table asks nothing.
                self._control(child, tag)

    def _control(self, node, tag: str) -> None:
        parts = self.found.setdefault(name_of(node.get("ref")), {})
        label, hint = (self._words(node.find(f"{XF}{part}")) for part in ("label", "hint"))
        if parts.get("read_only") == "true()" and tag == "input" and not parts.get("calculate"):
            label, hint = " ".join(f"{label} {hint}".split()), ""
        parts |= {"control": tag, "label": label, "hint": hint, "media": node.get("mediatype")}
        parts["limits"] = tuple(node.get(key) for key in ("start", "end", "step") if node.get(key))
        itemset = node.find(f"{XF}itemset")
        if itemset is not None:
            self._itemset(parts, itemset.get("nodeset"))

    def _itemset(self, parts: dict, nodeset: str) -> None:
        match = re.match(r"(?:randomize\()?instance\('(.*?)'\)/root/item(?:\[(.*)\])?", nodeset, re.DOTALL)
        if not match:
            parts["choices"] = nodeset
            return
        parts["filter"] = self.expression(match[2])
        rows = self.model.findall(f"{XF}instance[@id='{match[1]}']/{XF}root/{XF}item")
        parts["choices"] = tuple((row.findtext(f"{XF}name"), self._choice(row)) for row in rows)

    def _choice(self, row) -> str:
        itext = row.findtext(f"{XF}itextId")
        return " ".join((self._itext(itext) if itext else row.findtext(f"{XF}label") or "").split())

    def _words(self, node) -> str:
        if node is None:
            return ""
        reference = re.fullmatch(r"jr:itext\('(.*)'\)", node.get("ref") or "")
        return self._itext(reference[1]) if reference else written(node)

    def text(self, given: str | None) -> str:
        reference = re.fullmatch(r"jr:itext\('(.*)'\)", given or "")
        return self._itext(reference[1]) if reference else given or ""

    def _itext(self, key: str) -> str:
        texts = self.model.findall(f"{XF}itext/{XF}translation")
        ranked = sorted(
            texts, key=lambda one: (one.get("lang") != self.language, one.get("lang") != "default")
        )
        for translation in ranked:
            value = translation.find(f"{XF}text[@id='{key}']/{XF}value")
            if value is not None and value.get("form") is None and written(value) not in {"", "-"}:
                return written(value)
        return ""


def _flat(node) -> list[str]:
    if isinstance(node, Operation) and all(sign == "and" for sign, _ in node.rest):
        return [part for one in (node.first, *(other for _, other in node.rest)) for part in _flat(one)]
    return [unparse(node)]


def written(node) -> str:
    """Return a label with its outputs as `${name}`."""
    parts = [node.text or ""]
    for output in node:
        parts += [f"${{{name_of(output.get('value'))}}}", output.tail or ""]
    return " ".join("".join(parts).split())


def name_of(path: str) -> str:
    return path.strip().rsplit("/", 1)[-1]


#: What pyxform adds in English is added in Chinese here; "-" is pyxform's word for a missing translation.
_WORDS = {"Other": "其他", "Specify other.": "请说明其他内容"}


def _same(before, after) -> bool:
    if isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        return all(_same(*pair) for pair in zip(before, after, strict=True))
    return _WORDS.get(before, before) == after or (isinstance(after, str) and set(after) == {"-", " "})


def differences(before: dict[str, dict], after: dict[str, dict]) -> dict[str, tuple]:
    """Return the questions of the first that are not the same in the second, with what differs."""
    found = {}
    for name, parts in before.items():
        other = after.get(name, {})
        if MADE.fullmatch(name) or (
            "control" not in parts and not ({"calculate", "preload", "default"} & set(parts))
        ):
            continue
        keys = [key for key in {**parts, **other} if not _same(parts.get(key), other.get(key))]
        if keys:
            found[name] = tuple((key, parts.get(key), other.get(key)) for key in keys)
    return found
