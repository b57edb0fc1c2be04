"""Chinese text for measuring the search: invented documents whose words are as unevenly frequent as real ones.

The first ranks are words of school life, the others are put together from common characters. Which word comes how
often follows Zipf's law; the same seed writes the same documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from search.engine import PUBLIC, Document, Query

_COMMON = """
工作 学生 学校 教师 活动 教育 开展 家长 班主任 安全 管理 组织 教学 心理 健康 关爱
留守儿童 家庭 老师 检查 制度 培训 计划 家访 谈心 总结 会议 记录 落实 措施 领导
小组 负责 定期 进行 情况 了解 做好 及时 加强 结对 帮扶 联系卡 档案 亲情电话 辅导
课堂 作业 减负 阅读 劳动 体育 运动会 卫生 食堂 交通 消防 演练 值日 晨检 午餐 校车
防溺水 禁毒 法治 德育 少先队 社团 比赛 艺术 合唱 科技 实验 图书 黑板报 主题班会
国旗下讲话 志愿者 社区 乡村 营养 资助 奖学金 困难 单亲 隔代 监护人 外出务工 寄宿
宿舍 生活 习惯 文明 礼仪 感恩 诚信 评价 考核 教研 听课 备课 集体 骨干 名师
"""
SMALL = list("的和在了对与为各每中")
VOCABULARY = 20_000
SENTENCES = 40_000
KINDS = ("plan", "news", "policy", "template", "school", "submission")
SCHOOLS, TOWNSHIPS, TOPICS = 120, 16, 30
FIRST_DAY = date(2018, 9, 1)
_NO_STOPS = str.maketrans("", "", "，。")
FACETS = ("kind", "school", "school_year")


class Writer:
    """Writes documents and asks questions about them."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.words = self._vocabulary()
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.sentences = [self._sentence() for _ in range(SENTENCES)]
        self.schools = [f"{self._name()}{'小学' if number % 3 else '中学'}" for number in range(SCHOOLS)]

    def documents(self, count: int) -> Iterator[Document]:
        """Yield so many documents of about 600 characters; four of five are public."""
        for number in range(count):
            yield self._document(number)

    def questions(self, count: int, access: frozenset[str] = frozenset({PUBLIC})) -> list[Query]:
        """Return questions as people ask them: one word, two words, a piece of a sentence, a narrowed one.

        Half of the words are among the 200 most frequent, as those are what people think of.
        """
        return [Query(self._question(number), access=access, facets=FACETS) for number in range(count)]

    def characters(self, count: int, access: frozenset[str] = frozenset({PUBLIC})) -> list[Query]:
        """Return questions of one character, taken at random from the sentences: frequent ones most often."""
        found = [
            self.random.choice(self.random.choice(self.sentences).translate(_NO_STOPS)) for _ in range(count)
        ]
        return [Query(char, access=access, facets=FACETS) for char in found]

    def _vocabulary(self) -> list[str]:
        letters = [
            bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xC8) for cell in range(0xA1, 0xFF)
        ]
        found = dict.fromkeys(_COMMON.split())
        while len(found) < VOCABULARY:
            length = self.random.choices((2, 3, 4), (75, 15, 10))[0]
            found["".join(self.random.choices(letters, k=length))] = None
        return list(found)

    def _name(self) -> str:
        return self.words[self.random.randrange(200, 4_000)][:2]

    def _sentence(self) -> str:
        words = self.random.choices(self.words, cum_weights=self._weights, k=self.random.randint(5, 14))
        text = "".join(
            word + (self.random.choice(SMALL) if self.random.random() < 0.3 else "") for word in words
        )
        middle = len(text) // 2
        return f"{text[:middle]}，{text[middle:]}。"

    def _document(self, number: int) -> Document:
        school = self.random.randrange(SCHOOLS)
        day = FIRST_DAY + timedelta(days=self.random.randrange(2_900))
        title = "".join(self.random.choices(self.words, cum_weights=self._weights, k=4))
        own = {f"school-{school}", "bureau"}
        return Document(
            kind=self.random.choices(KINDS, (35, 30, 5, 5, 5, 20))[0],
            object_id=str(number),
            version=1,
            title=f"{self.schools[school]}{day.year}年{title}",
            summary=self.random.choice(self.sentences),
            body="".join(self.random.choices(self.sentences, k=self.random.randint(6, 34))),
            url=f"/found/{number}/",
            date=day,
            facets={
                "school": [self.schools[school]],
                "township": [f"{school % TOWNSHIPS}镇"],
                "school_year": [str(day.year if day.month > 8 else day.year - 1)],
                "topic": [f"主题{topic}" for topic in self.random.sample(range(TOPICS), 2)],
            },
            access=frozenset(own | {PUBLIC} if self.random.random() < 0.8 else own),
        )

    def _word(self) -> str:
        first = self.random.random() < 0.5
        return self.words[self.random.randrange(200) if first else self.random.randrange(200, VOCABULARY)]

    def _question(self, number: int) -> str:
        match number % 4:
            case 0:
                return self._word()
            case 1:
                return f"{self._word()} {self._word()}"
            case 2:
                sentence = self.random.choice(self.sentences)
                start = self.random.randrange(max(1, len(sentence) - 8))
                return sentence[start : start + self.random.randint(2, 8)].strip("，。") or "计划"
            case _:
                return f"{self._word()} 学年:{self.random.randrange(2019, 2026)}"
