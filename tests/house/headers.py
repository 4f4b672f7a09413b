"""What the headers of every answer must say."""

from django.http import HttpResponse

# Name and what must be in it. A paper is handed out under a stricter policy of its own.
EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
POLICY = (
    "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    "form-action 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'",
)  # fmt: skip


def missing(response: HttpResponse) -> list[str]:
    headers = response.headers
    wrong = [name for name, value in EVERYWHERE.items() if value not in headers.get(name, "")]
    policy = headers.get("Content-Security-Policy", "")
    is_page = headers.get("Content-Type", "").startswith("text/html")
    wrong += [part for part in POLICY if is_page and part not in policy]
    wrong += [word for word in ("unsafe", "*", "http:") if word in policy]
    wrong += ["another site may read it"] * ("Access-Control-Allow-Origin" in headers)
    return wrong
