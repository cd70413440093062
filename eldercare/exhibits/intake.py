"""Sentences for 数据更新."""

from __future__ import annotations

FOR_READERS = "各单位报送的数据，经审核后成为新版本；这里可取模板、看版本和报送窗口"


def waiting(to_review: int, drafts: int, missing: int) -> str:
    """What waits for someone: submissions to review, drafts and returned ones to hand in, periods past their due date."""
    parts = [
        (to_review, "待审核{n}份"),
        (drafts, "草稿与退回{n}份"),
        (missing, "过了截止日未报{n}项"),
    ]
    return (
        "，".join(words.format(n=n) for n, words in parts if n)
        or "没有待审核的报送，也没有过期未报的"
    )
