"""A small OpenID Connect provider on 127.0.0.1: discovery, authorization code with PKCE, signed tokens, sign-out."""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "kanban", "a secret of the tests, nowhere else used"


class Provider:
    """Who signs in next is `claims`; `seen` lists the paths that were asked."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims = {}
        self.codes = {}
        self.seen = []
        self.url = ""

    def secrets(self, cookie_secret="0123456789abcdef0123456789abcdef", **changes):
        """The part `[auth]` of `secrets.toml` for a dashboard that trusts this provider."""
        settings = {
            "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": cookie_secret,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{self.url}/.well-known/openid-configuration",
            **changes,
        }
        return "[auth]\n" + "".join(
            f"{name} = {json.dumps(value)}\n"
            for name, value in settings.items()
            if value is not None
        )

    def metadata(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "end_session_endpoint": f"{self.url}/leave",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def token(self, asked):
        """The answer to a code, once, for the client it was given to and who can prove having asked for it."""
        given = self.codes.pop(asked["code"], None)
        if given is None or asked["redirect_uri"] != given["redirect_uri"]:
            return None
        proof = (
            base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest())
            .rstrip(b"=")
            .decode()
        )
        if proof != given["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": given["nonce"],
            **self.claims,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {
            "access_token": secrets.token_hex(8),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": signed,
        }


def _handler(provider):
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_words):
            return

        def answer(self, body, status=200):
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def lead_to(self, address):
            self.send_response(302)
            self.send_header("Location", address)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            provider.seen.append(parts.path)
            if parts.path == "/.well-known/openid-configuration":
                self.answer(provider.metadata())
            elif parts.path == "/keys":
                self.answer(KeySet([provider.key]).as_dict(private=False))
            elif (
                parts.path == "/authorize"
                and asked["client_id"] == CLIENT
                and asked["response_type"] == "code"
            ):
                code = secrets.token_hex(8)
                provider.codes[code] = asked
                self.lead_to(
                    f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
                )
            elif parts.path == "/leave":
                self.lead_to(asked["post_logout_redirect_uri"])
            else:
                self.answer({"error": "not found"}, 404)

        def do_POST(self):
            asked = {
                name: values[0]
                for name, values in parse_qs(
                    self.rfile.read(int(self.headers["Content-Length"])).decode()
                ).items()
            }
            provider.seen.append(self.path)
            client = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            known = (
                self.headers.get("Authorization") == f"Basic {client}"
                or asked.get("client_secret") == SECRET
            )
            given = provider.token(asked) if known and self.path == "/token" else None
            self.answer(given or {"error": "invalid_grant"}, 200 if given else 400)

    return Handler


@contextmanager
def provider():
    """The provider, running until the end of the block."""
    found = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(found))
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
