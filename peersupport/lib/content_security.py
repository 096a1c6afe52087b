"""The one Content-Security-Policy (no nonce: nothing needs it, and it would break byte-equal pages), and what
static files carry.
"""

from wsgiref.headers import Headers

POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": [
            "'self'",
            "data:",
        ],  # Bootstrap's CSS holds its small images as data
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}


def keep_static_files_to_our_pages(headers: Headers, path: str, url: str) -> None:
    """Whitenoise asks it for each file: NoStore, which says the same of pages, stands behind whitenoise."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
