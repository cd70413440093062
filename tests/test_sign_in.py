"""Who someone is: sign-in at a provider, headers of a listed proxy, and what each role may see."""

import http.cookiejar
import json
import urllib.error
import urllib.request
from http.cookies import SimpleCookie

import oidc
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.serving import Session, running
from eldercare.intake import roles, submissions
from eldercare.screen.desk import visitor
from eldercare.web import known_pages, proxies

ROLES = {
    "submit": ["jia@example.cn"],
    "review": ["yi@example.cn"],
    "read": ["bing@example.cn", "sub-of-ding"],
}


@pytest.fixture(scope="module")
def provider():
    with oidc.provider() as found:
        yield found


@pytest.fixture(scope="module")
def server(provider, tmp_path_factory):
    home = tmp_path_factory.mktemp("sign_in")
    (home / "roles.json").write_text(json.dumps(ROLES), encoding="utf-8")
    (home / "secrets.toml").write_text(provider.secrets(), encoding="utf-8")
    settings = {
        "ELDERCARE_HOME": str(home),
        "ELDERCARE_INTAKE": "roles",
        "STREAMLIT_SECRETS_FILES": str(home / "secrets.toml"),
    }
    with running(home / "log.txt", environment=settings) as server:
        yield server


class Browser:
    """Cookies over several requests, and sessions that carry them as a browser's do."""

    def __init__(self, server):
        self.server = server
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.get("/_stcore/health")

    def get(self, address):
        """Status and final address, all redirects followed."""
        try:
            answer = self.opener.open(
                self.server.url + address if address.startswith("/") else address, timeout=30
            )
        except urllib.error.HTTPError as error:
            answer = error
        answer.read()
        return answer.status, answer.url

    def session(self, page="intake"):
        cookies = {cookie.name: cookie.value for cookie in self.jar}
        jar = SimpleCookie(cookies)
        headers = {"Cookie": jar.output(header="", sep=";").strip()}
        return Session(
            self.server.url,
            page,
            headers=headers,
            subprotocols=("streamlit", cookies["_streamlit_xsrf"].strip('"')),
        )

    def press(self, label):
        """Press a button of the page and go where it leads."""
        with self.session() as session:
            (button,) = [
                element
                for kind, element in session.run().sent()
                if kind == "button" and element.label == label
            ]
            session.widgets["pressed"] = WidgetState(id=button.id, trigger_value=True)
            run = session.run()
        assert run.faults() == []
        (address,) = [
            m.auth_redirect.url for m in run.messages if m.WhichOneof("type") == "auth_redirect"
        ]
        return self.get(address)

    def page(self):
        with self.session() as session:
            run = session.run()
        assert run.faults() == []
        labels = {element.label for kind, element in run.sent() if kind == "button"}
        return run.text(), labels, "file_uploader" in run.elements()


@pytest.mark.slow
def test_the_addresses_of_sign_in_answer_when_it_is_set_up(server):
    for path in ("/auth/login", "/auth/logout", "/oauth2callback"):
        status, final = Browser(server).get(path)
        assert (path, status, final) == (path, 200, f"{server.url}/")


def test_without_sign_in_its_addresses_are_no_pages(monkeypatch):
    monkeypatch.setattr(known_pages.signing_in, "configured", lambda: False)
    assert known_pages.unknown_page("/auth/login").status_code == 404
    monkeypatch.setattr(known_pages.signing_in, "configured", lambda: True)
    assert known_pages.unknown_page("/auth/login") is None
    assert known_pages.unknown_page("/auth/other").status_code == 404


@pytest.mark.parametrize(
    ("claims", "known", "uploads"),
    [
        ({"sub": "1", "email": "jia@example.cn", "email_verified": True}, True, True),
        ({"sub": "2", "email": "yi@example.cn"}, True, False),
        ({"sub": "sub-of-ding", "name": "jia@example.cn"}, True, False),
        ({"sub": "3", "email": "jia@example.cn", "email_verified": False}, False, False),
        ({"sub": "4", "email": "jia@example.cn", "email_verified": "false"}, False, False),
        (
            {"sub": "5", "email": "other@example.cn", "preferred_username": "jia@example.cn"},
            False,
            False,
        ),
    ],
)
def test_signing_in_gives_the_roles_of_a_name_that_was_verified_until_signing_out(
    server, provider, claims, known, uploads
):
    browser = Browser(server)
    words, labels, field = browser.page()
    assert ("请先登录" in words, "登录" in labels, field) == (True, True, False)

    provider.claims = claims
    provider.seen.clear()
    assert browser.press("登录") == (200, f"{server.url}/")
    assert {"/authorize", "/token"} <= {*provider.seen}
    words, labels, field = browser.page()
    assert (
        "没有报送、审核或查看权限" not in words,
        field,
        "退出登录" in labels,
        "登录" in labels,
    ) == (known, uploads, True, False)

    assert browser.press("退出登录") == (200, f"{server.url}/")
    assert "/leave" in provider.seen
    words, labels, field = browser.page()
    assert ("请先登录" in words, "登录" in labels, field) == (True, True, False)


def test_a_cookie_that_this_server_did_not_sign_is_nobody(server, provider):
    browser = Browser(server)
    provider.claims = {"sub": "1", "email": "jia@example.cn"}
    browser.press("登录")
    for cookie in browser.jar:
        if cookie.name.startswith("_streamlit_user"):
            cookie.value = cookie.value[:-6] + "AAAAAA"
    words, _labels, field = browser.page()
    assert ("请先登录" in words, field) == (True, False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_secret": None}, "缺 client_secret"),
        ({"cookie_secret": "short"}, "cookie_secret 至少要32个"),
        ({"redirect_uri": "http://127.0.0.1:{port}/back"}, "/oauth2callback 结尾"),
        ({"redirect_uri": "http://kanban.example.cn/oauth2callback"}, "https"),
        ({"server_metadata_url": "http://sso.example.cn/x"}, "https"),
        ({}, ""),
    ],
)
def test_a_sign_in_that_lacks_something_says_what(provider, changes, words, tmp_path, monkeypatch):
    import streamlit as st

    (tmp_path / "secrets.toml").touch()
    settings = {
        line.split(" = ")[0]: json.loads(line.split(" = ")[1])
        for line in provider.secrets(**changes).splitlines()[1:]
    }
    monkeypatch.setattr(st, "get_option", lambda _name: [str(tmp_path / "secrets.toml")])
    monkeypatch.setattr(st, "secrets", {"auth": settings})
    found = visitor.signing_in.fault()
    assert words in found and bool(found) == bool(words)


# Roles


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("text", "lines", "names"),
    [
        (
            '{"submit": ["a", "b"],\n "review": ["c"], "read": []}',
            [],
            {"submit": {"a", "b"}, "review": {"c"}},
        ),
        ('{"submit": "jia@example.cn"}', [1], {}),
        ('{"submit": ["a"],\n\n "review": {"yi": true}}', [3], {"submit": {"a"}}),
        (
            '{"submit": [\n "a",\n 7,\n "",\n " b",\n "c\\n",\n ["d"],\n null]}',
            [3, 4, 5, 6, 7, 8],
            {"submit": {"a"}},
        ),
        ('{"admin": ["a"],\n "submit": ["b"]}', [1], {"submit": {"b"}}),
        ('{"review": ["a"],\n "review": ["b"]}', [2], {"review": {"a"}}),
        ('{"submit": ["a"],\n "review": ["b"]', [2], {}),
        ('["a"]', [1], {}),
        ("", [1], {}),
        ('\ufeff{"read": ["a"]}', [], {"read": {"a"}}),
    ],
)
def test_an_entry_of_the_wrong_form_is_refused_with_its_line(text, lines, names, home):
    (home / "roles.json").write_text(text, encoding="utf-8")
    found, faults = roles.lists()
    assert {role: known for role, known in found.items() if known} == names
    assert [f"第{line}行" in fault for line, fault in zip(lines, faults, strict=True)] == [
        True
    ] * len(lines)
    for letter in "jbd":
        assert (roles.signed_in(letter) is not None) == any(
            letter in known for known in names.values()
        )


def test_a_role_file_that_cannot_be_read_gives_nobody_a_role_and_says_so(home):
    (home / "roles.json").write_bytes('{"submit": ["甲"]}'.encode("gb18030"))
    assert (roles.signed_in("甲"), len(roles.lists()[1])) == (None, 1)


def test_who_may_read_what_waits_is_a_role(home):
    (home / "roles.json").write_text(json.dumps(ROLES), encoding="utf-8")
    found = {
        name: roles.signed_in(name)
        for name in ("jia@example.cn", "yi@example.cn", "bing@example.cn", "wu@example.cn", None)
    }
    assert [roles.may_read(who) for who in found.values()] == [True, True, True, False, False]
    assert (found["bing@example.cn"].submits, found["bing@example.cn"].reviews) == (False, False)
    for refuse in (roles.require_submitter, roles.require_reviewer):
        with pytest.raises(roles.NotAllowed):
            refuse(found["bing@example.cn"])


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["roles", ""])
def test_a_visitor_without_a_role_reads_neither_what_waits_nor_the_log(mode, home, monkeypatch):
    (home / "roles.json").write_text(json.dumps(ROLES), encoding="utf-8")
    monkeypatch.setenv("ELDERCARE_INTAKE", "roles")
    clerk = roles.signed_in("jia@example.cn")
    made = submissions.start(
        "机密九月.csv",
        "机构名称,所在地,总床位\n测试机密院,松江区,7\n".encode(),
        "institutions",
        clerk,
    )
    submissions.change(
        made.id, clerk, source=submissions.Source(unit="测试市民政局", day="2024年9月")
    )
    submissions.submit(made.id, clerk)
    settings = {
        "ELDERCARE_HOME": str(home),
        "ELDERCARE_INTAKE": mode,
        "ELDERCARE_PROXIES": "127.0.0.1",
        "STREAMLIT_SERVER_TRUSTED_USER_HEADERS": '{"X-Forwarded-Email": "email"}',
    }
    with running(home / "log.txt", environment=settings) as server:
        for name, reads in (
            (None, False),
            ("wu@example.cn", False),
            ("bing@example.cn", True),
            ("jia@example.cn", True),
        ):
            shown = ""
            for part in ("导入", "审核", "版本", "报送窗口", "更正一格", "日志"):
                headers = {"X-Forwarded-Email": name} if name else {}
                with Session(
                    server.url, "intake", {"intake_part": part}, headers=headers
                ) as session:
                    run = session.run()
                assert run.faults() == []
                shown += run.text()
            found = [
                words
                for words in ("机密九月", "测试机密院", "jia@example.cn", "待审核1份")
                if words in shown
            ]
            assert (name, bool(found)) == (name, reads and mode == "roles"), found


# Headers of a proxy


def scope(client, *forwarded):
    return {
        "type": "http",
        "client": client,
        "headers": [(b"x-forwarded-for", words.encode()) for words in forwarded],
    }


@pytest.mark.parametrize(
    ("networks", "client", "forwarded", "trusted", "counted"),
    [
        ("10.0.0.5", ("10.0.0.5", 4711), ["7.7.7.7"], True, "7.7.7.7"),
        ("10.0.0.5", ("10.0.0.5", 4711), ["1.1.1.1, 7.7.7.7"], True, "7.7.7.7"),
        ("10.0.0.0/24", ("10.0.0.9", 4711), ["7.7.7.7, 10.0.0.8"], True, "7.7.7.7"),
        ("10.0.0.5", ("7.7.7.7", 4711), ["10.0.0.5"], False, "7.7.7.7"),
        (
            "10.0.0.5",
            ("10.0.0.5", 0),
            ["10.0.0.5"],
            False,
            "10.0.0.5",
        ),  # said by a peer here that is not listed
        ("10.0.0.5", ("10.0.0.5", 99), ["10.0.0.5:99"], False, "10.0.0.5"),
        ("127.0.0.1", ("7.7.7.7", 0), ["7.7.7.7"], True, "7.7.7.7"),
        ("localhost", ("7.7.7.7", 0), ["127.0.0.1, 7.7.7.7"], True, "7.7.7.7"),
        ("127.0.0.1", ("127.0.0.1", 4711), [], True, "127.0.0.1"),
        ("::1", ("127.0.0.1", 4711), [], True, "127.0.0.1"),
        ("10.0.0.5", ("::ffff:10.0.0.5", 4711), ["7.7.7.7"], True, "7.7.7.7"),
        ("", ("127.0.0.1", 4711), [], False, "127.0.0.1"),
        ("", None, [], False, "?"),
    ],
)
def test_a_header_counts_when_the_other_end_of_the_connection_is_listed(
    networks, client, forwarded, trusted, counted
):
    found = proxies.listed(networks)
    assert (
        proxies.is_from(scope(client, *forwarded), found),
        proxies.visitor(scope(client, *forwarded), found),
    ) == (trusted, counted)


def test_a_proxy_that_is_no_address_is_refused(monkeypatch):
    with pytest.raises(ValueError, match="不是地址"):
        proxies.listed("10.0.0.5, nginx")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("listed", "uploads"), [("10.9.9.9", False), ("", False), ("127.0.0.1", True)]
)
def test_only_a_listed_proxy_says_who_someone_is(tmp_path, listed, uploads):
    (tmp_path / "roles.json").write_text(json.dumps(ROLES), encoding="utf-8")
    settings = {
        "ELDERCARE_HOME": str(tmp_path),
        "ELDERCARE_INTAKE": "roles",
        "ELDERCARE_PROXIES": listed,
        "STREAMLIT_SERVER_TRUSTED_USER_HEADERS": '{"X-Forwarded-Email": "email"}',
    }
    with running(tmp_path / "log.txt", environment=settings) as server:
        for claimed in ({}, {"X-Forwarded-For": "10.9.9.9"}, {"X-Forwarded-For": "10.9.9.9:1"}):
            headers = {"X-Forwarded-Email": "jia@example.cn", **claimed}
            with Session(server.url, "intake", headers=headers) as session:
                run = session.run()
            assert (claimed, "file_uploader" in run.elements()) == (
                claimed,
                uploads and ":1" not in str(claimed),
            )
        assert ("一律不采信" in server.printed()) == (listed == "")
