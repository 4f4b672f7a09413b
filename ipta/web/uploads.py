"""What comes in with a form: in memory alone, no more than fits, and only where a page asks for it.

Django reads a whole form before any view can look at it. Files for a page that takes none, of somebody who did not sign
in, and what is more or larger than may come in, are let go of while they pass.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from ipta.dossiers.papers.rules import MOST_AT_ONCE, MOST_BYTES

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Declare that this view takes files."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class InMemory(FileUploadHandler):
    """Keeps the first few files, and of each one byte more than it may have: enough to see that it is too large."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        self.places = MOST_AT_ONCE + 1 if self._may_bring() else 0  # one more, to see that there were too many

    def _may_bring(self) -> bool:
        request = self.request
        view = getattr(request.resolver_match, "func", None) if request else None
        return bool(request and getattr(view, "takes_files", False) and request.user.is_authenticated)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self.places:
            raise SkipFile
        self.places -= 1
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        most = MOST_BYTES + 1 if self.places else 1
        self.file.write(raw_data[: most - self.file.tell()])

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        kept = self.file.tell()
        self.file.seek(0)
        return InMemoryUploadedFile(self.file, self.field_name, self.file_name or "", self.content_type, kept, None)
