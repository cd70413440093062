"""The server goes away under an open page: what the reader is told, in which language."""

import re

import pytest

from benchmarks.serving import running


@pytest.mark.slow
def test_a_lost_server_is_told_in_chinese(window, tmp_path):
    with running(tmp_path / "log.txt") as server:
        visitor = window(server)
        page = visitor.open()
        server.process.kill()
        server.process.wait()
        dialog = page.locator("[role=dialog]")
        dialog.wait_for(timeout=60_000)
        page.wait_for_function(
            "document.querySelector('[role=dialog]').innerText.includes('自动重连')", timeout=20_000
        )
        told = dialog.inner_text()
    assert "连接中断" in told and not re.search("[A-Za-z]{3}", told), told
