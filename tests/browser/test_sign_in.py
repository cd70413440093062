"""Two people in a real browser: one signs in, hands in and signs out, the other signs in, accepts and signs out."""

import json
import re

import oidc
import pytest

from benchmarks.serving import running
from eldercare.releases import journal

REPORT = "机构名称,所在地,总床位\n测试银杏护理院,普陀区（上海）,200\n"


@pytest.mark.slow
def test_sign_in_hand_in_review_sign_out(chromium, window, tmp_path):
    (tmp_path / "roles.json").write_text(
        json.dumps({"submit": ["jia@example.cn"], "review": ["yi@example.cn"]}), encoding="utf-8"
    )
    with oidc.provider() as provider:
        (tmp_path / "secrets.toml").write_text(provider.secrets(), encoding="utf-8")
        settings = {
            "ELDERCARE_INTAKE": "roles",
            "ELDERCARE_HOME": str(tmp_path),
            "STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml"),
        }
        with running(tmp_path / "log.txt", environment=settings) as server:
            visitor = window(server)

            def sign_in(name):
                provider.claims = {"sub": name, "email": name, "email_verified": True}
                page = visitor.open("intake")
                page.get_by_role("button", name="登录").click()
                page.wait_for_url(re.compile(r"/$"))
                visitor.settle()
                page = visitor.open("intake")
                page.get_by_text(f"已登录为 {name.partition('@')[0]}").wait_for()
                return page

            def sign_out(page):
                page.get_by_role("button", name="退出登录").click()
                page.wait_for_url(re.compile(r"/$"))
                visitor.settle()
                page = visitor.open("intake")
                page.get_by_text("请先登录").wait_for()
                assert page.locator("input[type=file]").count() == 0

            page = sign_in("jia@example.cn")
            page.locator("input[type=file]").set_input_files(
                {"name": "九月.csv", "mimeType": "text/csv", "buffer": REPORT.encode()}
            )
            page.get_by_label("报送单位").fill("测试市民政局")
            page.get_by_label("报送日期").fill("2024年9月")
            page.get_by_role("button", name="保存来源与范围").click()
            visitor.settle()
            page.get_by_role("button", name="提交审核").click()
            page.get_by_text("看板上的数据还没有变").wait_for()
            sign_out(page)

            page = sign_in("yi@example.cn")
            page.get_by_text("审核", exact=True).first.click()
            page.get_by_text("测试银杏护理院").first.wait_for()
            page.get_by_role("button", name="接受1处变化").click()
            page.get_by_text("已启用版本").first.wait_for(timeout=180_000)
            sign_out(page)
    done = journal.entries(tmp_path)
    assert [
        (entry["did"], entry["who"]) for entry in done if entry["did"] in ("submit", "accept")
    ] == [
        ("submit", "jia@example.cn"),
        ("accept", "yi@example.cn"),
    ]
