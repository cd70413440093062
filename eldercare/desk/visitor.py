"""Who sits at the desk, as far as sign-in, proxy or the single-user mode vouch for it."""

from __future__ import annotations

import streamlit as st

from eldercare.intake import roles
from eldercare.intake.roles import Person
from eldercare.text import _, plain

HOME = ("127.", "::1")


def person() -> Person | None:
    """The person with their roles; None for a reader. Says on the page what is missing."""
    mode = roles.mode()
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
    address = st.context.ip_address
    forwarded = any(name in st.context.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"))
    if forwarded or (address and not address.startswith(HOME)):
        st.info(_("单机模式只对本机浏览器有效；从别的机器访问时本页只读。"), icon=":material/lock:")
        return None
    return roles.local_person()


def _signed_in() -> Person | None:
    known = st.user.to_dict()
    name = known.get("email") or known.get("name")
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
