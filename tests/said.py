"""What must hold for every sentence: each check takes sentences and returns those that break it. Expected values come from the CSV files."""

import re
from functools import cache

import pandas as pd
from conftest import DATASETS

from eldercare.data.persons import named
from eldercare.sentences import EVIDENCE, HEADING, SOURCE, TRACE, Sentence
from eldercare.sentences.patterns import Names

# Words that an official would not sign, and what stands in their place; see `docs/decisions/010-every-sentence-listed.md`.
NEVER = {
    r"未上报|未报送|上报了?总床位|家上报": "未载：没有人被要求上报",
    # 督办 only where the same words ask for the 立项 behind it.
    r"督办(?!单?(?:须写明)?立项)|交办|催办|补数": "跟踪、商请",
    r"(?<!路)灯(?![塔笼])": "状态",
    r"受阻": "推进有困难",
    r"自报": "责任单位反馈",
    r"已到期": "期限已过，结果待核",
    r"暂无公开证据": "公开资料未载结果",
    r"居[前后]三分之": "位次",
    r"久未见动态": "近24个月公开资料未载",
    r"主张": "不同来源数据",
    r"更老|老得更快": "占比较高、上升较快",
    r"待办": "空格为公开资料未载",
    r"每百人中": "占……%",
    r"向公布单位索要|索要": "商请发布单位提供",
    r"一体化增益": "跨地区可及性变化（试算）",
    r"2020年普查|2010年普查": "第七次全国人口普查（2020年），以后七普",
    r"异地床位": "异地养老机构名单床位",
    r"（案例）：案例|（测算）：测算": "不重复",
    r"最近一份名单": "首批名单、第几批名单：以后的各批没有查到，不等于没有",
    r"能看出变化|同一定义、": "至少有三个数：同一指标、同一口径、同一区划",
    r"未达标|没有完成|落后|不力": "不作评价",
    r"走得最远|到哪一步|知道多少|没有查清|其间没有日子": "阶段、来源点名情况、待核",
    r"不符合条件|都不符合": "不在所选范围：不是对机构的评判",
    r"其余\d+个公开资料未载|往来公开资料未载": "未被点名：公布的数没有逐一列名",
}
# Halves and thirds are counted or not said.
SHARES = re.compile(
    r"一半|半数|过半|多半|大半|大多|多数|(?<!多)少数|大部分|大半|绝大|[一二两三四五六七八九]分之|[二三四五六七八九]成(?![员立果长])"
)
# What a line of sources writes of a title that is too long for it.
CUT = re.compile(r"([^\n；]+)…")
SHORTEST_CUT = 12
NAMED = re.compile(r"来源：([^\n]+?)(?=等\d+个来源|（)")


@cache
def names() -> Names:
    return Names()


def ours(sentence: Sentence) -> str:
    """The words of a sentence that the program wrote: names, quotes and cells of the data taken out."""
    if sentence.kind in (EVIDENCE,) or sentence.words.removeprefix("原文：") in names().cells:
        return ""
    words = NAMED.sub(_part_of_name, CUT.sub(_cut_name, sentence.words))
    return re.sub(r"“[^”]*”", "“”", names().taken_out(words))


def _part_of_name(words: re.Match[str]) -> str:
    """Nothing where a source line names the first part of a long title; else the words as they are."""
    known = any(name.startswith(words.group(1)) for name in names().cells)
    return "来源：" if known else words.group()


def _cut_name(words: re.Match[str]) -> str:
    """Nothing where a long name stands with its beginning and a dot line, as in lists of sources; else the words as they are."""
    cut = words.group(1)
    starts = (cut[i:] for i in range(len(cut) - SHORTEST_CUT + 1))
    known = next(
        (start for start in starts if any(name.startswith(start) for name in names().cells)), None
    )
    return words.group() if known is None else cut.removesuffix(known)


def forbidden(sentences: list[Sentence]) -> list[str]:
    told = {(sentence.kind, sentence.words): sentence for sentence in sentences}.values()
    return [
        f"{sentence.where} {sentence.exhibit} {sentence.kind}：{sentence.words[:90]} ← {instead}"
        for sentence in told
        for word, instead in NEVER.items()
        if re.search(word, sentence.words) and re.search(word, ours(sentence))
    ]


def shares_in_words(sentences: list[Sentence]) -> list[str]:
    return [
        f"{sentence.where} {sentence.exhibit} {sentence.kind}：{sentence.words[:90]}"
        for sentence in sentences
        if SHARES.search(sentence.words) and SHARES.search(ours(sentence))
    ]


def people(sentences: list[Sentence]) -> list[str]:
    return [
        f"{s.where} {s.exhibit} {s.kind}：{s.words[:90]} ← {found}"
        for s in sentences
        if (found := named(s.words))
    ]


@cache
def qualified() -> pd.DataFrame:
    """Observations with a qualifier, with unit and title of their indicator; a value that another one has without is left out."""
    rows = pd.read_csv(DATASETS / "observations.csv", dtype=str, keep_default_na=False)
    indicators = pd.read_csv(
        DATASETS / "indicators.csv", dtype=str, keep_default_na=False
    ).set_index("indicator_code")
    rows = rows[rows["value"] != ""].assign(amount=lambda r: r["value"].astype(float))
    rows["unit"], rows["title"] = (
        rows["indicator_code"].map(indicators["unit"]),
        rows["indicator_code"].map(indicators["title"]),
    )
    # The same number of the same indicator may also be reported without: nobody can tell them apart by the number.
    plain = set(
        rows.loc[rows["qualifier"] == "", ["indicator_code", "value"]].itertuples(
            index=False, name=None
        )
    )
    kept = [
        row["qualifier"] != "" and (row["indicator_code"], row["value"]) not in plain
        for _i, row in rows.iterrows()
    ]
    return rows[kept].set_index("observation_id")


def digits(amount: float) -> list[str]:
    """How people write a number: all digits, or in 万."""
    found = [f"{amount:,.4f}".rstrip("0").rstrip("."), f"{amount:.4f}".rstrip("0").rstrip(".")]
    wan = f"{amount / 1e4:,.4f}".rstrip("0").rstrip(".") + "万"
    return list(dict.fromkeys([*found, *([wan] if amount >= 10_000 else [])]))


def said(amount: float, unit: str, qualifier: str) -> re.Pattern[str]:
    """The number with its unit and its qualifier in its place."""
    number = "|".join(re.escape(d) for d in digits(amount))
    number, unit = f"(?:{number})", re.escape(unit)
    if qualifier in ("余", "多"):
        # 20余万人次, 1万余个.
        wan = "|".join(
            re.escape(d.removesuffix("万")) + qualifier + "万"
            for d in digits(amount)
            if d.endswith("万")
        )
        return re.compile(rf"(?:{number}{qualifier}{f'|{wan}' if wan else ''})\s?{unit}")
    return re.compile(
        rf"{number}\s?{unit}{qualifier}"
        if qualifier in ("以上", "及以上", "左右")
        else rf"{qualifier}\s?{number}\s?{unit}"
    )


def bare_number(amount: float, unit: str) -> re.Pattern[str]:
    number = "|".join(re.escape(d) for d in digits(amount))
    return re.compile(rf"(?<![\d.,—-])(?:{number})\s?(?:余|多)?\s?{re.escape(unit)}")


def without_qualifier(sentences: list[Sentence]) -> list[str]:
    """Sentences that name an indicator and its value with the unit, and drop the qualifier of that value."""
    faults = []
    rows = [
        (row, bare_number(row.amount, row.unit), said(row.amount, row.unit, row.qualifier))
        for row in qualified().itertuples()
    ]
    for sentence in sentences:
        # Quotes and the notes of people who gathered the data are not ours to change.
        if sentence.kind in (EVIDENCE, SOURCE, HEADING) or sentence.words in names().cells:
            continue
        for row, bare, whole in rows:
            if (
                row.title in sentence.words + sentence.part
                and bare.search(sentence.words)
                and not whole.search(sentence.words)
            ):
                faults.append(
                    f"{sentence.where} {sentence.exhibit} {sentence.kind}：{sentence.words[:100]} ← {row.Index} {row.qualifier}"
                )
    return faults


@cache
def qualifiers() -> dict[tuple[str, float], tuple[str, str, set[str]]]:
    """By title and value of an indicator: its unit and the qualifiers that sources give it."""
    found: dict[tuple[str, float], tuple[str, str, set[str]]] = {}
    for row in qualified().itertuples():
        found.setdefault((row.title, row.amount), (row.Index, row.unit, set()))[2].add(
            row.qualifier
        )
    return found


def cells_without_qualifier(where: str, table: pd.DataFrame) -> list[str]:
    """Rows of a table or file that name an indicator and hold its number, without its qualifier or with it in the wrong place."""
    faults = []
    for cells in table.astype(object).itertuples(index=False):
        words = [str(cell).replace("\\", "") for cell in cells]
        line = " | ".join(words)
        for (title, amount), (claim, unit, wanted) in qualifiers().items():
            if title not in words:
                continue
            numbers = bool({*digits(amount), str(amount)} & set(words)) and not wanted & set(words)
            numbers = numbers and not any(
                said(amount, unit, qualifier).search(cell) for cell in words for qualifier in wanted
            )
            spoken = [
                cell
                for cell in words
                if cell not in names().cells and bare_number(amount, unit).search(cell)
            ]
            whole = [
                cell
                for cell in spoken
                if any(said(amount, unit, qualifier).search(cell) for qualifier in wanted)
            ]
            if numbers or len(whole) < len(spoken):
                faults.append(f"{where}：{line[:100]} ← {claim} {wanted}")
    return faults


# What no careful writer would leave standing: a thing said twice, nothing counted, quotation marks inside quotation marks.
CLUMSY = {
    r"（([^（）]{2,})）（\1）": "the same brackets twice",
    r"：([^：，、；（）0-9]{2,6})，\1\d": "the same word twice",
    r"另有0|有0行|最多的是(?:没有|$)": "nothing is counted",
    # A source's own words keep its marks: they stand alone in theirs.
    r"^[^“]+“[^”]*“[^”]*”[^“]*”": "‘ ’ inside “ ”",
    r"城际，\d{4}）|(?<!\d)\d{4}示范区": "a year without 年",
}


def clumsy(sentences: list[Sentence]) -> list[str]:
    return [
        f"{sentence.where} {sentence.exhibit} {sentence.kind}：{sentence.words[:90]} ← {why}"
        for sentence in sentences
        if sentence.kind not in (EVIDENCE, SOURCE, TRACE) and sentence.words not in names().cells
        for pattern, why in CLUMSY.items()
        if re.search(pattern, sentence.words)
    ]


CHECKS = (forbidden, shares_in_words, people, without_qualifier, clumsy)


# A number with the word for what is counted.
COUNTED = re.compile(
    r"(?<![\d.,＋—-])(\d[\d,]*)(?:余|多)?(?:份|条|项|对|家|格|组|次|行|所|支|名|个(?!百分点|月|城市中第|省市中第|区中第|县（))"
)


@cache
def universe() -> set[int]:
    """How many places of each level there are: a sentence may say of how many its count is."""
    places = pd.read_csv(DATASETS / "places.csv", dtype=str, keep_default_na=False)
    inside = places[(places["in_delta"] == "true") & (places["valid_to_year"] == "")]
    levels = inside["level"].value_counts()
    return {
        levels["city"],
        levels["city"] + 1,
        levels["district"],
        levels["province"],
        levels["province"] + 1,
        levels["county"],
    }


def derived(rows: pd.DataFrame) -> set[int]:
    """Every count and whole number that rows give: themselves, how often each word stands in a column, distinct words, values, their sums."""
    found: set[int] = {0, len(rows)}
    for column in rows:
        cells = rows[column]
        words = cells.dropna().map(
            lambda cell: (
                "、".join(map(str, cell))
                if isinstance(cell, list | tuple) or hasattr(cell, "ndim")
                else cell
            )
        )
        found |= {words.nunique(), len(words), len(cells) - len(words)}
        counts = words.astype(str).value_counts()
        found |= {*counts.tolist(), *(len(rows) - n for n in counts), int((counts > 1).sum())}
        if pd.api.types.is_numeric_dtype(cells):
            numbers = cells.dropna().astype(float)
            found |= {round(n) for n in numbers} | {
                round(numbers.sum()),
                int((numbers > 0).sum()),
                int((numbers == 0).sum()),
            }
        for text in words.astype(str):
            found |= {
                int(n.replace(",", ""))
                for n in re.findall(r"\d[\d,]*", text[:400])
                if len(n) < 12 and n.strip(",")
            }
    return found


def uncounted(where: str, finding: str, rows: pd.DataFrame) -> list[str]:
    """Counts in a title that neither its rows nor the number of places give."""
    known = derived(rows) | universe()
    # What is left of all places when those below are taken away.
    known |= {whole - n for whole in universe() for n in known} if "其余" in finding else set()
    # 18条（另有计划与目标1条）: together they are a count, apart each kind's own.
    for n, beside in re.findall(r"(\d+)条（另有[^（）]*?(\d+)条）", finding):
        known |= {int(n)} if int(n) + int(beside) in known else set()
    numbers = [int(n.replace(",", "")) for n in COUNTED.findall(re.sub(r"“[^”]*”", "", finding))]
    return [f"{where}：{finding[:120]} ← {n}" for n in numbers if n not in known]
