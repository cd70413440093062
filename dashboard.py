"""The server: `streamlit run dashboard.py`.

The screens are in `pages/` and begin with `pages/frame.py`; the data is in `datasets/`.
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from eldercare import web

app = st.App(
    "pages/frame.py",
    routes=[Route("/overview", web.home), Route("/slides", web.slides)],
    lifespan=web.lifespan,
    middleware=[
        Middleware(web.PlainStartFault),
        Middleware(web.SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=web.hosts(), www_redirect=False),
        Middleware(web.KnownPages),
        Middleware(web.CompressedBundles),
    ],
)
