"""How often the database was asked for one answer, told in a header to who wants to know. Times are without it."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
AROUND = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")  # they frame questions and ask nothing
HEADER = "X-Bench"


class _Count:
    """Questions, what stands around them, and how often PostgreSQL was told who asks."""

    def __init__(self) -> None:
        self.queries = self.around = self.told = 0
        self.seconds = 0.0

    def asked(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if str(sql).startswith(AROUND):
            self.around += 1
        else:
            self.queries += 1
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began

    def telling(self, tell: Callable[..., None]) -> Callable[..., None]:
        def told(*args: Any) -> None:
            self.told += 1
            tell(*args)

        return told


def counted(get_response: Next) -> Next:
    def respond(request: HttpRequest) -> HttpResponse:
        if HEADER not in request.headers:
            return get_response(request)
        count = _Count()
        with ExitStack() as stack:
            for alias in connections:
                connection = connections[alias]
                stack.enter_context(connection.execute_wrapper(count.asked))
                if tell := getattr(connection, "_tell", None):
                    connection._tell = count.telling(tell)  # type: ignore[attr-defined]
                    stack.callback(vars(connection).pop, "_tell")
            response = get_response(request)
            if hasattr(response, "render"):
                response.render()
        response[HEADER] = f"{count.queries} {count.around} {count.told} {count.seconds * 1000:.2f}"
        return response

    return respond
