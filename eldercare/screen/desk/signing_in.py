"""Sign-in with an OIDC provider: whether it is set up, what is still missing, and the buttons."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
CALLBACK = "/oauth2callback"
SHORTEST_SECRET = 32


def _settings() -> Mapping[str, Any] | None:
    """The part `[auth]` of `secrets.toml`; None when there is none, empty when it cannot be read."""
    if not any(Path(path).exists() for path in st.get_option("secrets.files")):
        return None
    try:
        found = st.secrets.get("auth")
    except (StreamlitSecretNotFoundError, OSError, UnicodeDecodeError):
        return {}
    return found if found is None or isinstance(found, Mapping) else {}


def configured() -> bool:
    """Whether an operator asked for sign-in; then its addresses answer."""
    return _settings() is not None


def fault() -> str:
    """What keeps a configured sign-in from working, for the operator; "" when nothing does, or none is wanted."""
    settings = _settings()
    if settings is None:
        return ""
    default = settings.get("default")
    given = {**settings, **(default if isinstance(default, Mapping) else {})}
    if missing := [
        name for name in NEEDED if not isinstance(given.get(name), str) or not given[name].strip()
    ]:
        return "登录没有开通：secrets.toml 的 [auth] 缺 {names}。".format(names="、".join(missing))
    if len(given["cookie_secret"]) < SHORTEST_SECRET:
        return f"登录没有开通：[auth] 的 cookie_secret 至少要{SHORTEST_SECRET}个随机字符。"
    if not given["redirect_uri"].endswith(CALLBACK):
        return f"登录没有开通：[auth] 的 redirect_uri 要以 {CALLBACK} 结尾。"
    if not (_is_safe(given["redirect_uri"]) and _is_safe(given["server_metadata_url"])):
        return "登录没有开通：[auth] 的 redirect_uri 和 server_metadata_url 要用 https（本机地址除外）。"
    if find_spec("authlib") is None or find_spec("httpx") is None:
        return "登录没有开通：请先安装 requirements-auth.txt 里的程序库。"
    return ""


def _is_safe(address: str) -> bool:
    """Whether nobody on the way can read along: encrypted, or on this machine."""
    try:
        parts = urlsplit(address)
        name = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https" and name:
        return True
    try:
        here = name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        here = False
    return parts.scheme == "http" and here


def button_in() -> None:
    """The button for who is not signed in; instead of it what the operator has to mend."""
    if reason := fault():
        st.warning(reason, icon=":material/build:")
    elif configured():
        st.button("登录", on_click=st.login, icon=":material/login:")


def button_out() -> None:
    """The button for who signed in here; a proxy's sign-in ends at the proxy."""
    if st.user.get("is_logged_in"):
        st.button("退出登录", on_click=st.logout, icon=":material/logout:")
