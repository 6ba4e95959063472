"""What names leave for later names, and how two pieces of a name are put together. Pure values and string rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEW = re.compile("^(?:新建|改扩建|改建|扩建|新增|新开工|[、和及])+")
_QUANTITY_NOUN = re.compile("总?(?:面积|投资|资金|数量|人数|户数|总投资|里程|占比|占地面积|建筑面积|规划资金|套数)$")
TASK_RATE = "任务完成率"
_REVENUES = ("预算收入", "基金收入")
_GRADED = re.compile("^.{0,4}?(?:国家|[省市县区])级")


@dataclass(slots=True, eq=False)
class Naming:
    """What earlier figures leave for later ones of the sentence, and of the paragraph; made anew, never written to."""

    name: str = ""
    """The last full name of the sentence."""
    subject: str = ""
    """What generic words (投资, 面积) go with."""
    levels: tuple[str, ...] = ()
    """Names of the sentence's level figures, for 分别 that points back."""
    by_unit: tuple[tuple[str, str], ...] = ()
    """The paragraph's last name per unit of count, for a bare 4433套."""

    amount: str = ""
    """The sentence's last name of a level: what a % of growth after a share goes on from."""
    shared: bool = False
    """Whether the last figure was a share."""

    budget: str = ""
    """The last budget whose revenue was told: what a bare 支出 and 收入总计 belong to."""

    def next_sentence(self) -> Naming:
        """What the next sentence of the same paragraph still knows."""
        return Naming("", self.subject, (), self.by_unit, budget=self.budget)

    def after(self, name: str, *, keeps_subject: bool, measure: str, unit: str) -> Naming:
        """What is known after a figure called `name`; `unit` is empty where it gives its unit no name."""
        levels = self.levels
        if measure == "share":
            new = name.removesuffix(TASK_RATE) not in levels
        else:
            new = measure == "level" and levels[-1:] != (name,)
        if name and new:
            levels = (*levels, name)
        by_unit = self.by_unit
        if name and unit:
            by_unit = (*(pair for pair in by_unit if pair[0] != unit), (unit, name))
        amount = name if measure == "level" else self.amount
        budget = name.removesuffix("收入") if name.endswith(_REVENUES) else self.budget
        return Naming(
            name,
            self.subject if keeps_subject and self.subject else name,
            levels,
            by_unit,
            amount,
            measure == "share",
            budget,
        )


def joined(subject: str, tail: str) -> str:
    """The two as one name, what both share said once.

    >>> joined("老旧小区改造", "改造面积"), joined("", "投资"), joined("新增就业", "就业")
    ('老旧小区改造面积', '投资', '新增就业')
    """
    if not subject or not tail or subject.endswith(tail):
        return subject or tail
    for size in range(min(len(subject), len(tail)), 1, -1):
        if subject.endswith(tail[:size]):
            return subject + tail[size:]
    return subject + tail


def completed(subject: str, tail: str) -> str:
    """The subject in front of generic words, its own trailing noun of quantity dropped: 老旧小区改造面积 + 投资."""
    trimmed = _QUANTITY_NOUN.sub("", _NEW.sub("", subject))
    return joined(trimmed if len(trimmed) >= 3 else subject, tail)


def regraded(grade: str, previous: str) -> str:
    """The name of before at another level: 省级 after 认定国家级绿色工厂 is 省级绿色工厂."""
    return (grade if grade.endswith("级") else grade + "级") + _GRADED.sub("", previous)
