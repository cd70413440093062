"""Who sits at the desk, as far as sign-in, proxy or the single-user mode vouch for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from eldercare import releases, store
from eldercare.intake import roles
from eldercare.intake.roles import Person
from eldercare.screen.desk import signing_in
from eldercare.text import plain

HERE = {"localhost", "127.0.0.1", "::1"}
# What a proxy or a relay adds, whatever it calls it.
_PASSED_ON = (
    "x-forwarded",
    "x-original",
    "x-real",
    "x-client",
    "x-cluster",
    "x-envoy",
    "x-remote",
    "cf-",
    "true-client",
    "fastly-",
)
_PASSED_ON_EXACTLY = {
    "forwarded",
    "via",
    "x-proxyuser-ip",
    "x-appengine-user-ip",
    "cdn-src-ip",
    "wl-proxy-client-ip",
    "proxy-client-ip",
}


def person() -> Person | None:
    """The person with their roles; None for a reader. Says on the page what is missing."""
    mode = roles.mode()
    if mode == roles.OFF:
        _only_reads("开通办法（单机自用、多人登录）见操作手册，由系统管理员设置。")
        return None
    who = _at_this_machine() if mode == roles.LOCAL else _signed_in()
    now = releases.active()
    if store.current().release == (now.id if now else None):
        return who
    words = "您正在看旧版本，本页只供阅读。报送和审核只对启用中的版本：{now}；把左侧“数据版本”选回“当前版本”再操作。"
    st.info(
        words.format(now=f"{now.short}（{plain(now.version)}）" if now else "仓库数据"),
        icon=":material/lock:",
    )
    return replace(who, submits=False, reviews=False, only_reads=who.reads) if who else None


def _only_reads(technical: str) -> None:
    """What an official needs to know first; how it was set up is for whoever looks after the server."""
    st.info(
        "本页暂不接收报送。要报送或更正数据，请联系本看板的数据管理员；空白模板可先在下面下载填写。",
        icon=":material/lock:",
    )
    with st.expander("给系统管理员"):
        st.caption(technical)


def _at_this_machine() -> Person | None:
    """The single-user mode counts for a browser on the same machine only, not for what a proxy passes on."""
    if not is_at_this_machine(st.context.ip_address, st.context.headers, st.context.url):
        _only_reads("单机模式只对本机浏览器有效；从别的机器访问、或经代理访问时本页只读。")
        return None
    return roles.local_person()


def is_at_this_machine(
    address: str | None, headers: Mapping[str, str], shown: str | None = None
) -> bool:
    """Whether a visit comes from a browser here: its page has an address of this machine, and nothing stands between.

    Streamlit gives no address for this machine itself, nor when it knows none; then only the names can tell. A browser
    always says from which page it calls (`Origin`) and, in `shown`, which address its user sees; a proxy may have
    rewritten the first, not the second.
    """
    given = {name.lower(): value for name, value in headers.items()}
    if any(name.startswith(_PASSED_ON) or name in _PASSED_ON_EXACTLY for name in given):
        return False
    if address and not _is_loopback(address):
        return False
    called = [f"//{given.get('host', '')}", given.get("origin", ""), *([shown] if shown else [])]
    return (
        all(_host(words) in HERE for words in called)
        and len({_netloc(words) for words in called}) == 1
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _netloc(words: str) -> str:
    return urlsplit(words).netloc.lower()


def _host(words: str) -> str | None:
    try:
        return urlsplit(words).hostname
    except ValueError:
        return None


def _signed_in() -> Person | None:
    for line in roles.lists()[1]:
        st.warning(plain(line), icon=":material/build:")
    name = _vouched_for()
    found = roles.signed_in(name)
    if found is None and name:
        words = "您已登录，但没有报送、审核或查看权限；本页只读。请管理员把下面这个名字原样写进 roles.json。"
        st.info(words, icon=":material/lock:")
        # As it is, to be copied: `plain` puts invisible signs into addresses.
        st.code(name, language=None)
    elif found is None:
        st.info("请先登录；未登录时本页只读。", icon=":material/lock:")
        signing_in.button_in()
    else:
        st.caption(f"已登录为 {plain(name)}")
    if name:
        signing_in.button_out()
    return found


def _vouched_for() -> str | None:
    """The name that sign-in or a listed proxy gives; nobody when neither is set up."""
    known = st.user.to_dict()
    if not known.get("is_logged_in") and not st.get_option("server.trustedUserHeaders"):
        return None
    # A display name is chosen by its bearer; an address that the provider did not verify is, too.
    name = (known.get("email") if known.get("email_verified", True) is True else None) or known.get(
        "sub"
    )
    return str(name) if name else None
