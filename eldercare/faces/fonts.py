"""The fonts of the machine that pictures and PDFs are written in: Chinese, and one with the signs of stages that Chinese fonts lack."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# The family as a drawing names it, the file of its normal letters and of its bold ones (a collection may hold both).
CHINESE = (
    ("Noto Sans CJK SC", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("Noto Sans CJK SC", "NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("Source Han Sans SC", "SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("Microsoft YaHei", "msyh.ttc", "msyhbd.ttc"),
    ("PingFang SC", "PingFang.ttc", "PingFang.ttc"),
)
SIGNS = ("DejaVuSans.ttf", "seguisym.ttf", "Apple Symbols.ttf")
FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)


class MissingFont(ValueError):
    """No font to write with; the message names the package that brings one."""


@dataclass(frozen=True)
class Fonts:
    """The family that drawings name, and the files to read: normal, bold, signs."""

    family: str
    files: tuple[str, ...]


@lru_cache(maxsize=4)
def found(folders: Sequence[Path] = FOLDERS) -> Fonts:
    """The first known family that is installed. Raises `MissingFont`."""
    there = {path.name: str(path) for folder in folders for path in sorted(folder.rglob("*.*"))}
    signs = next((there[name] for name in SIGNS if name in there), "")
    for family, normal, bold in CHINESE:
        if normal in there and bold in there and signs:
            return Fonts(family, tuple(dict.fromkeys((there[normal], there[bold], signs))))
    package = "fonts-dejavu-core" if not signs else "fonts-noto-cjk"
    what = "符号字体" if not signs else "中文字体"
    raise MissingFont(
        f"这台机器没有图片和 PDF 要用的{what}。请管理员安装 {package}"
        f"（Debian、Ubuntu：apt-get install {package}）并重启看板；在此之前可以下载 SVG 或 Word"
    )
