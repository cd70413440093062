"""Who sits at the desk, as far as sign-in, proxy or the single-user mode vouch for it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from eldercare import releases, store
from eldercare.intake import roles
from eldercare.intake.roles import Person
from eldercare.text import _, plain

HOME = ("127.", "::1")
HERE = {"localhost", "127.0.0.1", "::1"}


def person() -> Person | None:
    """The person with their roles; None for a reader. Says on the page what is missing."""
    mode = roles.mode()
    now = releases.active()
    if store.current().release != (now.id if now else None):
        words = _("您正在看旧版本，本页只供阅读。报送和审核只对启用中的版本：{now}；把左侧“数据版本”选回“当前版本”再操作。")
        st.info(words.format(now=f"{now.short}（{plain(now.version)}）" if now else _("仓库数据")), icon=":material/lock:")
        return None
    if mode == roles.OFF:
        st.info(
            _(
                "本页现在只读。开通办法：单机自用，启动前设环境变量 `ELDERCARE_INTAKE=local`；多人使用，设 `ELDERCARE_INTAKE=roles`，"
                "在 `ELDERCARE_HOME`（默认 `var/`）的 `roles.json` 写明报送人（submit）与审核人（review），"
                "并用 Streamlit 的 OIDC 登录（`secrets.toml` 的 `[auth]`）"
                "或可信代理的请求头（`server.trustedUserHeaders`）提供身份。"
            ),
            icon=":material/lock:",
        )
        return None
    if mode == roles.LOCAL:
        return _at_this_machine()
    return _signed_in()


def _at_this_machine() -> Person | None:
    """The single-user mode counts for a browser on the same machine only, not for what a proxy passes on."""
    if not is_at_this_machine(st.context.ip_address, st.context.headers):
        st.info(_("单机模式只对本机浏览器有效；从别的机器访问时本页只读。"), icon=":material/lock:")
        return None
    return roles.local_person()


def is_at_this_machine(address: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a visit comes from a browser here: it called this machine by a name of its own, and nothing stands between.

    Streamlit gives no address for this machine itself, nor when it knows none; then only the names can tell. A proxy that
    adds no header of its own still passes on the name that the browser called, in `Host` or in `Origin`.
    """
    if any(name in headers for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via")):
        return False
    if address and not address.startswith(HOME):
        return False
    called = [f"//{headers.get('Host', '')}", *([headers["Origin"]] if "Origin" in headers else [])]
    return all(_host(words) in HERE for words in called)


def _host(words: str) -> str | None:
    try:
        return urlsplit(words).hostname
    except ValueError:
        return None


def _signed_in() -> Person | None:
    known = st.user.to_dict()
    # A display name is chosen by its bearer; an address that the provider did not verify is, too.
    name = (known.get("email") if known.get("email_verified", True) else None) or known.get("sub")
    found = roles.signed_in(str(name) if name else None)
    if found is None and name:
        st.info(_("已登录为 {name}，但没有报送或审核权限；本页只读。").format(name=plain(name)), icon=":material/lock:")
    elif found is None:
        st.info(_("请先登录；未登录时本页只读。"), icon=":material/lock:")
        if _has_login():
            st.button(_("登录"), on_click=st.login)
    return found


def _has_login() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False
