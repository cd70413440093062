"""The edge of the server: what every request passes before Streamlit sees it, and what every answer carries."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from eldercare.web import (
    answers,
    delivering,
    front_end,
    known_pages,
    open_data,
    origins,
    pacing,
    proxies,
    readiness,
    starting,
    under,
    uploads,
)
from eldercare.web.starting import lifespan

__all__ = ["lifespan", "middleware", "routes"]


def routes() -> list[Route]:
    """Our own addresses beside the pages."""
    return [
        Route("/overview", answers.home),
        Route("/slides", answers.slides),
        Route("/ready", readiness.ready),
        *open_data.routes(),
    ]


def middleware() -> list[Middleware]:
    """What each request passes, in this order."""
    return [
        Middleware(delivering.SlowReadersDropped),
        Middleware(starting.PlainStartFault),
        Middleware(under.WithoutBase),
        Middleware(proxies.ListedProxies),
        Middleware(answers.SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=origins.hosts(), www_redirect=False),
        Middleware(origins.OwnPagesOnly),
        Middleware(pacing.Paced),
        Middleware(pacing.FewAtOnce, paths={"/slides"}),
        Middleware(pacing.FewAtOnce, paths={"/ready"}, waiting=100),
        Middleware(known_pages.KnownPages),
        Middleware(uploads.Uploads),
        Middleware(front_end.FrontEnd),
        Middleware(under.BaseForStreamlit),
    ]
