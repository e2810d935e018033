"""Two thousand invented people: names in their own order, faculties, levels, years."""

import csv
import io
from dataclasses import dataclass
from random import Random
from typing import Any

SEED = 20260901
FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
    "彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
)
GIVEN = (
    "子涵",
    "雨桐",
    "浩然",
    "欣怡",
    "宇轩",
    "诗涵",
    "思远",
    "梓萱",
    "俊杰",
    "晓彤",
    "文博",
    "佳琪",
    "一鸣",
    "静怡",
    "天佑",
    "可欣",
    "明哲",
    "若曦",
    "志远",
    "婉清",
    "嘉豪",
    "语嫣",
    "泽宇",
    "梦洁",
    "景行",
    "知夏",
    "望舒",
    "清扬",
    "怀瑾",
    "书瑶",
    "承宇",
    "亦菲",
    "安然",
    "沐阳",
    "念慈",
    "立诚",
)
GUESTS = (
    ("Nguyen", "Thi Mai"),
    ("Kim", "Minjun"),
    ("Sato", "Haruka"),
    ("Okafor", "Chidi"),
    ("Müller", "Jana"),
    ("García", "Lucía"),
    ("Ivanova", "Darya"),
    ("Haddad", "Yara"),
)
COLUMNS = (
    "number",
    "family_name",
    "given_name",
    "mail",
    "faculty",
    "level",
    "study_year",
    "role",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person as the student system would know them."""

    number: str
    family_name: str
    given_name: str
    mail: str
    faculty: str
    level: str
    study_year: int | None
    role: str = "patron"


def invent(faculties: list[dict[str, Any]]) -> list[Person]:
    """Return as many people as the faculties' headcounts say; the same ones each time."""
    random = Random(SEED)  # noqa: S311 - invented people need repeatable dice, not secret ones
    people: list[Person] = []
    for faculty in faculties:
        people.extend(
            _person(random, len(people) + 1, faculty["code"]) for _ in range(faculty["headcount"])
        )
    return people


def _person(random: Random, ordinal: int, faculty: str) -> Person:
    family, given = _name(random)
    level = random.choices(("bachelor", "master", "doctor", "staff"), (68, 20, 5, 7))[0]
    years = {"bachelor": 4, "master": 3, "doctor": 4}.get(level)
    year = random.randint(1, years) if years else None
    prefix = {"bachelor": "B", "master": "M", "doctor": "D", "staff": "T"}[level]
    number = f"{prefix}{26 - (year or 0):02d}{ordinal:05d}"
    return Person(
        number=number,
        family_name=family,
        given_name=given,
        mail=f"{number.lower()}@chenghu.example",
        faculty=faculty,
        level=level,
        study_year=year,
    )


def _name(random: Random) -> tuple[str, str]:
    if random.random() < 0.03:
        return random.choice(GUESTS)
    return random.choice(FAMILY), random.choice(GIVEN)


def as_csv(people: list[Person]) -> str:
    """Return the file the student system would hand over: UTF-8, commas, one header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person in people:
        writer.writerow(["" if (v := getattr(person, c)) is None else v for c in COLUMNS])
    return out.getvalue()
