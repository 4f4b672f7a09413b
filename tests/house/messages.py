"""Every word on a screen, collected from templates and code. Dutch is the source; the catalogues are translations."""

import ast
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = ROOT / "ipta" / "locale"
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}
SAYINGS = {"no", "Impossible", "Refused", "Verdict"}  # reasons in plain words, translated where they are shown
IN_TEMPLATE = re.compile(
    r"""\b(n?)gettext\(u(?P<q>['"])(?P<one>.*?)(?P=q)(?:, u(?P<r>['"])(?P<many>.*?)(?P=r))?""", re.S
)
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w+}")
IN_TAG = re.compile(r"""\b_\((?P<q>['"])(?P<text>.*?)(?P=q)\)""")

# Babel would write its own placeholders here.
NOBODY: Any = {"version": "1", "msgid_bugs_address": "", "last_translator": "", "language_team": ""}

Message = str | tuple[str, str]


def messages() -> dict[Message, str]:
    """Each message with the file that says it first."""
    found: dict[Message, str] = {}
    for file in sorted((ROOT / "ipta").rglob("*")):
        if "migrations" in file.parts or "node_modules" in file.parts:
            continue
        for message in of_file(file):
            found.setdefault(message, str(file.relative_to(ROOT)))
    return found


def of_file(file: Path) -> Iterator[Message]:
    """What this file says, if it is a template or code."""
    if file.suffix == ".html":
        yield from _template(file)
    elif file.suffix == ".py":
        yield from _code(file)
    elif file.parent.name == "shipped":
        yield from _instrument(json.loads(file.read_text()))


def _instrument(found: Any) -> Iterator[Message]:
    """What a questionnaire that ships with the house asks, and the answers to tap."""
    if isinstance(found, dict) and found.get("resourceType") == "Questionnaire":
        yield found["title"]
    if isinstance(found, dict | list):
        for name, inner in found.items() if isinstance(found, dict) else enumerate(found):
            yield from [inner] if name in {"text", "display"} else _instrument(inner)


def places(text: str) -> set[str]:
    """Where names and numbers are filled in."""
    return set(PLACE.findall(text))


def _template(file: Path) -> Iterator[Message]:
    source = file.read_text()
    for match in IN_TEMPLATE.finditer(templatize(source)):
        one, many = (_unescaped(match[name]) for name in ("one", "many"))
        yield (one, many) if many else one
    yield from (match["text"] for match in IN_TAG.finditer(source))


def _unescaped(text: str | None) -> str:
    return str(ast.literal_eval(f'"""{text} """'))[:-1] if text else ""


def _code(file: Path) -> Iterator[Message]:
    source = file.read_bytes()
    for _line, _name, said, _comments in extract_python(BytesIO(source), KEYWORDS, [], {}):
        if isinstance(said, tuple):
            if said[0]:
                yield (said[0], said[1]) if len(said) > 1 and said[1] else said[0]
        elif said:
            yield said
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYINGS:
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))
        if file.name == "rules.py" and isinstance(node, ast.Dict):
            yield from (v.value for v in node.values if isinstance(v, ast.Constant) and isinstance(v.value, str))


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> int:
    """Write what the screens say into the catalogue, keep what is translated; how many still wait."""
    path = CATALOGUES / language / "LC_MESSAGES" / "django.po"
    before = catalogue(language) if path.exists() else Catalog(locale=language)
    after = Catalog(locale=language, project="IPTA", fuzzy=False, charset="utf-8", **NOBODY)
    after.header_comment = "# English words of IPTA. Dutch is the source."
    for message, where in sorted(messages().items(), key=lambda item: (item[1], str(item[0]))):
        known = before.get(message if isinstance(message, str) else message[0])
        after.add(message, known.string if known else "", locations=[(where, None)])
    with path.open("wb") as file:
        write_po(file, after, width=120, omit_header=False, sort_by_file=True, include_lineno=False)
    return sum(1 for said in after if said.id and not is_said(said.string))


def is_said(string: object) -> bool:
    """Whether a translation has words, in singular and plural."""
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    print(f"{update('en')} messages wait for a translation in ipta/locale/en/LC_MESSAGES/django.po")
