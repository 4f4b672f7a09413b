"""The forms of the site as a browser sees them: found on the pages, filled in, sent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from tests.house.site import body

TEXT = {"text", "textarea", "search", "tel", "email", "url", "password"}
VALID = {
    "date": (timezone.localdate() + timedelta(days=3)).isoformat(),
    "time": "14:30",
    "datetime-local": f"{timezone.localdate().isoformat()}T14:30",
    "number": "1",
}
FORM_URLENCODED = "application/x-www-form-urlencoded"


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT

    def filled(self) -> str:
        """What somebody sends who answers everything: what stands there, or the first answer."""
        if self.value or self.is_text or self.kind == "hidden":
            return self.value
        return VALID.get(self.kind) or next((choice for choice in self.choices if choice), "")


@dataclass(frozen=True)
class Form:
    action: str
    fields: tuple[Field, ...]

    @property
    def route(self) -> str:
        """The name of the route it is sent to."""
        try:
            return resolve(self.action).view_name
        except Resolver404:
            return ""

    @property
    def texts(self) -> list[str]:
        return [field.name for field in self.fields if field.is_text]

    def of_kind(self, *kinds: str) -> list[str]:
        return [field.name for field in self.fields if field.kind in kinds]

    def answers(self, **given: str) -> dict[str, str]:
        """The form filled in, with these answers instead."""
        filled = {field.name: field.filled() for field in self.fields if field.kind != "checkbox"}
        return filled | given

    def with_text(self, text: str) -> dict[str, str]:
        return self.answers(**dict.fromkeys(self.texts, text))


def send(browser: Client, form: Form, answers: dict[str, str]) -> HttpResponse:
    """As bytes, so that what is no proper text can be sent too."""
    pairs = [f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in answers.items()]
    response: HttpResponse = browser.post(form.action, "&".join(pairs), content_type=FORM_URLENCODED)
    return response


def forms_on(browser: Callable[[], Client], pages: Iterable[str]) -> Iterator[Form]:
    """Every form that is sent from these pages, once."""
    seen = set()
    for page in pages:
        response = browser().get(page)
        if response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
            for form in _forms(body(response), page):
                mark = form.action, tuple(sorted(field.name for field in form.fields))
                if mark not in seen:
                    seen.add(mark)
                    yield form


def _forms(html: str, page: str) -> list[Form]:
    reading = _Reading()
    reading.feed(html)
    here = urlsplit(page).path
    return [replace(form, action=urlsplit(form.action).path or here) for form in reading.forms]


class _Reading(HTMLParser):
    """Collects forms with method post."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._action: str | None = None
        self._fields: dict[str, Field] = {}
        self._open: Field | None = None  # the textarea or select that is being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form" and given.get("method", "").lower() == "post":
            self._action, self._fields = given.get("action", ""), {}
        elif self._action is None:
            return
        elif tag == "option" and self._open:
            self._open.choices.append(value)
            if "selected" in given:
                self._open.value = value
        elif name and name != "csrfmiddlewaretoken" and tag in {"input", "textarea", "select", "button"}:
            self._add(tag, given.get("type", "text").lower(), name, value, "checked" in given)

    def _add(self, tag: str, kind: str, name: str, value: str, is_checked: bool) -> None:
        if tag == "button":
            self._fields.setdefault(name, Field(name, "button", value))
        elif tag in {"textarea", "select"}:
            self._open = self._fields[name] = Field(name, tag)
        elif kind == "radio":
            radio = self._fields.setdefault(name, Field(name, kind))
            radio.choices.append(value)
            radio.value = value if is_checked else radio.value
        else:
            self._fields[name] = Field(name, kind, value)

    def handle_data(self, data: str) -> None:
        if self._open and self._open.kind == "textarea":
            self._open.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"} and self._open:
            self._open.value = self._open.value.removeprefix("\n")
            self._open = None
        elif tag == "form" and self._action is not None:
            self.forms.append(Form(self._action, tuple(self._fields.values())))
            self._action = None
