"""Pictures of the forum's files as an office program shows them: slides of the delta's deck, pages of a city's briefing.

Run from the root of the repository: `python docs/make_forum_images.py`. Needs the development requirements, LibreOffice,
poppler (`pdftoppm`) and Noto's Chinese fonts, which stand in for the licensed ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from eldercare.talks import decks, files_of, making  # noqa: E402

IMAGES = ROOT / "docs" / "images"
# File of the deck, its format, pages shown (from 0), columns, picture.
PICTURES = [
    ("region", "pptx", (1, 2, 3, 7, 9, 13), 2, "forum-slides.png"),
    ("city:330400", "docx", (0, 1, 2), 3, "forum-briefing.png"),
]
STAND_INS = {
    "Microsoft YaHei": "Sans",
    "微软雅黑": "Sans",
    "黑体": "Sans",
    "仿宋_GB2312": "Serif",
    "楷体_GB2312": "Serif",
    "方正小标宋简体": "Serif",
}
WIDTH = 1600


def fonts(folder: Path) -> Path:
    """A fontconfig file in which Noto stands in for the licensed fonts."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>Noto {kind} CJK SC</string></edit></match>'
        for name, kind in STAND_INS.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        f"<fontconfig><include>/etc/fonts/fonts.conf</include>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts(folder))}
        for words, format_, shown, columns, picture in PICTURES:
            path = folder / f"deck.{format_}"
            path.write_bytes(files_of.made(making.talk(decks.parse(words)), format_))
            office = [
                "soffice",
                f"-env:UserInstallation=file://{folder}/settings",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                name,
                path,
            ]
            subprocess.run(office, check=True, capture_output=True, env=environment)
            subprocess.run(
                ["pdftoppm", "-r", "110", "-png", folder / "deck.pdf", folder / format_], check=True
            )
            pages = [Image.open(file) for file in sorted(folder.glob(f"{format_}-*.png"))]
            wide = WIDTH // columns
            parts = [
                page.convert("RGB").resize((wide - 8, round(page.height * (wide - 8) / page.width)))
                for page in (pages[n] for n in shown)
            ]
            sheet = Image.new(
                "RGB", (WIDTH, (parts[0].height + 8) * -(-len(parts) // columns)), "#C5CDD6"
            )
            for number, part in enumerate(parts):
                sheet.paste(
                    part, (number % columns * wide + 4, number // columns * (part.height + 8) + 4)
                )
            sheet.quantize(192).save(IMAGES / picture, optimize=True)
            print(IMAGES / picture)


if __name__ == "__main__":
    main()
