"""Headings without a number: 指导思想, 工作目标, 主要措施, and short lines that stand above a paragraph."""

from __future__ import annotations

import re

from cms.plan_import.lines import flat

#: What a section of a plan is usually called, after at most one qualifying word.
_NOUNS = (
    "指导思想|思想|目标|任务|内容|措施|要求|领导|机构|小组|安排|步骤|情况|分析|思路|重点|原则|目的|意义|主题|"
    "对象|方法|保障|奖励|考核|评估|评价|背景|依据|形式|方式|日程|计划|总结|现状|问题|理念|口号|月历|进度|成果|工作"
)
_QUALIFIERS = (
    "指导|工作|总体|主要|具体|目标|基本|实施|活动|组织|组织领导|时间|保障|重点|预期|考核|检查|方法|现状|情况|存在|制度|机制|"
    "总|基本情况|任务|原则|行事|月份|每月|各月|阶段|学期|宣传|奖惩|督查|职责|帮扶|关爱|措施|管理|教育|后勤|经费|安全|家校"
)
_KNOWN = re.compile(rf"(?:{_QUALIFIERS})(?:与|和|及|、)?(?:{_QUALIFIERS})?(?:与|和|及|、)?(?:{_NOUNS})\s*:?")
_GLUED = re.compile(
    r"(指导思想|工作目标|总体目标|目标任务|工作任务|主要任务|工作内容|主要内容|工作措施|主要措施|具体措施|活动内容|活动目的|工作要求|具体要求)"
    r"(?=针对|我们|我校|我园|为了|为进一步|为全面|为深入|根据|通过|以[^上下内外]|坚持|认真|全面|深入|围绕|按照|在[^此]|结合)"
)
_ENDS = "。；！？，、：;!?,.:…”）)》"
_LONGEST_WEAK = 25


def is_known_heading(text: str) -> bool:
    """Say whether the whole line is what plans call their sections, with or without a colon."""
    plain = flat(text).replace(" ", "").strip("【】[]")
    return 4 <= len(plain.rstrip(":")) <= 14 and _KNOWN.fullmatch(plain) is not None


def glued_heading(text: str) -> int:
    """Return where the heading ends that a sentence was glued to (工作目标通过…), 0 when there is none."""
    match = _GLUED.match(text)
    return match.end() if match else 0


def looks_like_heading(text: str, before: str, after: str) -> bool:
    """Say whether a short line without an end stands above a paragraph, and below a finished one."""
    if not 4 <= len(text) <= _LONGEST_WEAK or text[-1] in _ENDS or any(sign in text for sign in "。；？"):
        return False
    return len(after) >= 30 and (not before or before[-1] in "。；！？：;!?:.”")
