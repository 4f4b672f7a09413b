"""The components of the screens, as template tags; /stijl/ shows them all.

Their HTML, CSS and script lie in web/components/.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote

import segno
from django import forms, template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, ngettext

from ipta.web.components import glossary
from ipta.web.components import thread as red
from ipta.web.components.doing import picture_of
from ipta.web.components.icons import ICONS

register = template.Library()

UTRECHT_BUTTON = {
    "primary": "utrecht-button--primary-action",
    "quiet": "utrecht-button--secondary-action",
    "danger": "utrecht-button--primary-action utrecht-button--danger",
    "plain": "utrecht-button--subtle",
}
NOTICE_ICON = {"info": "info", "success": "check", "warning": "warning", "error": "warning"}
COACH_BAR = (
    ("today", "coach:today", "clock"),
    ("youths", "coach:youths", "people"),
    ("note", "coach:note", "plus"),
    ("workplaces", "coach:workplaces", "workplace"),
    ("more", "coach:more", "menu"),
)


def render(component: str, /, **context: Any) -> SafeString:
    """The HTML of a component."""
    return render_to_string(f"components/{component}.html", context)


def trimmed(content: str) -> SafeString:
    """The HTML inside a block tag; empty when there was only white space."""
    return mark_safe(content.strip())  # noqa: S308 - rendered by the template itself


def as_attributes(attrs: Mapping[str, Any]) -> SafeString:
    """`hx_post="/x"` becomes ` hx-post="/x"`; True a bare attribute; None and False nothing."""
    return flatatt({name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()})


# --- words --------------------------------------------------------------------


@register.filter
def day(value: date | datetime | None) -> str:
    """dinsdag 3 maart; the year only when it is another one. Nothing for what is not there."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return spelled(value, "l j F" if value.year == timezone.localdate().year else "l j F Y")


def spelled(value: date, form: str) -> str:
    """A day in words. A page says the same days again and again."""
    return _spelled(value, form, get_language())


@lru_cache(maxsize=4096)
def _spelled(value: date, form: str, _language: str | None) -> str:
    return date_format(value, form)


@register.filter
def short_day(value: date | datetime | None) -> str:
    """3 maart; the year only when it is another one."""
    words = day(value)
    return words.partition(" ")[2]


@register.filter
def clock(value: datetime | time | None) -> str:
    """14.30 uur"""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return gettext("%(time)s uur") % {"time": value.strftime("%H.%M" if get_language() != "en" else "%H:%M")}


@register.filter
def day_clock(value: datetime | None) -> str:
    """dinsdag 3 maart, 14.30 uur"""
    return f"{day(value)}, {clock(value)}" if value else ""


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: str = "") -> SafeString:
    """A line drawing. It says nothing to a screen reader: the word beside it does."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">{}</svg>',
        f" icon--{size}" if size else "",
        mark_safe(ICONS[name]),  # noqa: S308 - our own drawings
    )


@register.simple_block_tag
def explained(content: str) -> SafeString:
    """A page in which the words of offices lead to what they mean, below it."""
    marked, found = glossary.mark(content)
    words = [{"word": word, "says": glossary.WORDS[word]} for word in found]
    return format_html("{}{}", marked, render("glossary", words=words))


@register.simple_tag
def step_picture(text: str) -> SafeString:
    """What kind of step this is, drawn and in a word."""
    name, word = picture_of(text)
    return format_html('<p class="step-picture">{}<span>{}</span></p>', icon(name), word)


# --- the frame of a page --------------------------------------------------------


@register.simple_tag
def page_head(title: str, above: str = "", text: str = "", back: str = "", back_label: str = "") -> SafeString:
    """The h1, with a small line above it, a sentence below it and the way back."""
    return render("page_head", title=title, above=above, text=text, back=back, back_label=back_label)


@register.simple_block_tag
def section(
    content: str,
    title: str,
    id: str = "",
    level: int = 2,
    icon: str = "",
    count: int | None = None,
    href: str = "",
    link: str = "",
) -> SafeString:
    """A part of the page under its own heading."""
    return render(
        "section",
        content=content,
        title=title,
        id=id or slugify(title) or "deel",
        level=level,
        icon=icon,
        count=count,
        href=href,
        link=link,
    )


@register.simple_block_tag
def card(content: str, tone: str = "", speak: bool = False, id: str = "") -> SafeString:
    """A sheet with round corners. speak=True adds the button that reads it aloud."""
    return render("card", content=content, tone=tone, speak=speak, id=id)


@register.simple_block_tag
def actions(content: str, sticky: bool = False) -> SafeString:
    """Buttons in a line."""
    return render("actions", content=content, sticky=sticky)


@register.simple_block_tag
def columns(content: str) -> SafeString:
    """Side by side where there is room."""
    return format_html('<div class="columns">{}</div>', content)


def _is_here(context: Context, href: str, current: bool | None) -> bool:
    return current if current is not None else getattr(context.get("request"), "path", None) == href.partition("?")[0]


@register.simple_block_tag
def subnav(content: str, label: str) -> SafeString:
    """The pages of one subject, in a line that scrolls by itself on a phone."""
    return render("subnav", content=content, label=label)


@register.simple_tag(takes_context=True)
def subnav_link(context: Context, label: str, href: str, icon: str = "", current: bool | None = None) -> SafeString:
    """A page in the subnav; the page where we are says so."""
    return _link("subnav__link", label, href, icon, _is_here(context, href, current))


@register.simple_tag(takes_context=True)
def desk_link(context: Context, label: str, href: str, icon: str = "", current: bool | None = None) -> SafeString:
    """A page of a desk, in the header of layout/desk.html."""
    return _link("desk__link", label, href, icon, _is_here(context, href, current))


def _link(class_name: str, label: str, href: str, icon_name: str, is_here: bool) -> SafeString:
    return format_html(
        '<li><a class="{}" href="{}"{}>{}{}</a></li>',
        class_name,
        href,
        SafeString(' aria-current="page"') if is_here else "",
        icon(icon_name, "small") if icon_name else "",
        label,
    )


@register.simple_tag(takes_context=True)
def coach_bar(context: Context) -> SafeString:
    """The bar of the coach: under the thumb on a phone, at the side on a desk."""
    path = getattr(context.get("request"), "path", "")
    doors = _doors(get_script_prefix(), get_urlconf())
    under = [key for key, (href, _) in doors.items() if path.startswith(href)]
    here = context.get("nav") or max(under, key=lambda key: len(doors[key][0]), default="")
    return _bar(here, get_language(), get_script_prefix(), get_urlconf())


@lru_cache(maxsize=16)
def _doors(_prefix: str, _urlconf: str | None) -> dict[str, tuple[str, str]]:
    """Address and icon of each page in the bar."""
    found = {}
    for key, url_name, drawing in COACH_BAR:
        with suppress(NoReverseMatch):
            found[key] = (reverse(url_name), drawing)
    return found


@lru_cache(maxsize=64)
def _bar(here: str, _language: str | None, prefix: str, urlconf: str | None) -> SafeString:
    """The same on every page of this part of the desk."""
    words = {
        "today": gettext("Vandaag"),
        "youths": gettext("Jongeren"),
        "note": gettext("Notitie"),
        "workplaces": gettext("Werkplekken"),
        "more": gettext("Meer"),
    }
    doors = _doors(prefix, urlconf).items()
    items = [{"key": key, "href": href, "label": words[key], "icon": drawing} for key, (href, drawing) in doors]
    return render("bar", items=items, here=here)


# --- doing ----------------------------------------------------------------------


@lru_cache(maxsize=64)
def _button_classes(variant: str, wide: bool, icon_only: bool) -> str:
    classes = ["utrecht-button", UTRECHT_BUTTON[variant], "button", f"button--{variant}"]
    return " ".join(classes + ["button--wide"] * wide + ["button--icon"] * icon_only)


def _drawn(icon_name: str) -> SafeString:
    return icon(icon_name) if icon_name else SafeString("")


HIDDEN = SafeString(' class="visually-hidden"')  # what an icon stands for, to a screen reader


@register.simple_tag
def button(
    label: str,
    icon: str = "",
    variant: str = "primary",
    name: str = "",
    value: str = "",
    type: str = "submit",
    wide: bool = False,
    icon_only: bool = False,
    **attrs: Any,
) -> SafeString:
    """A button. The first one of a form sends it."""
    if name:
        attrs |= {"name": name, "value": value}
    return format_html(
        '<button type="{}" class="{}"{}>{}<span{} data-label>{}</span></button>',
        type,
        _button_classes(variant, wide, icon_only),
        as_attributes(attrs),
        _drawn(icon),
        HIDDEN if icon_only else "",
        label,
    )


@register.simple_tag
def link_button(
    label: str,
    href: str,
    icon: str = "",
    variant: str = "primary",
    wide: bool = False,
    icon_only: bool = False,
    **attrs: Any,
) -> SafeString:
    """A link that looks like a button: it goes somewhere, it changes nothing."""
    return format_html(
        '<a href="{}" class="{}"{}>{}<span{}>{}</span></a>',
        href,
        _button_classes(variant, wide, icon_only),
        as_attributes(attrs),
        _drawn(icon),
        HIDDEN if icon_only else "",
        label,
    )


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: str,
    action: str,
    icon: str = "",
    variant: str = "quiet",
    wide: bool = False,
    icon_only: bool = False,
    **hidden: Any,
) -> SafeString:
    """One button that changes something: a form of its own."""
    request = context.get("request")
    token = context.get("csrf_token") or (get_token(request) if request else "")
    return format_html(
        '<form class="post-button" method="post" action="{}">{}<button type="submit" class="{}">{}<span{}>{}</span>'
        "</button></form>",
        action,
        format_html_join("", _INPUT, {"csrfmiddlewaretoken": token, **hidden}.items()),
        _button_classes(variant, wide, icon_only),
        _drawn(icon),
        HIDDEN if icon_only else "",
        label,
    )


_INPUT = '<input type="hidden" name="{}" value="{}">'


@register.simple_tag
def side_url(side: Any, name: str, *parts: Any) -> str:
    """The address of a page that both desks have, on the desk of who looks."""
    return str(side.href(name, *parts))


@register.simple_tag
def speak(target: str = "") -> SafeString:
    """Read the words around this button aloud. Hidden where the device cannot."""
    return render("speak", target=target)


@register.simple_tag
def dictate(bound: BoundField) -> SafeString:
    """Type what is said. Hidden where the device itself cannot: no voice goes elsewhere."""
    return render("dictate", field=bound.id_for_label)


@register.simple_tag
def share(url: str, text: str = "", label: str = "", qr: bool = True, is_own: bool = False) -> SafeString:
    """Get a link to somebody: QR, WhatsApp, copy, print. The text tells nothing about the subject.

    `is_own`: only to another device of one's own, so it is not sent and not printed.
    """
    words = text or gettext("Hier is de link:")
    return render(
        "share",
        url=url,
        label=label or gettext("Laat deze code scannen, of stuur de link."),
        whatsapp=f"https://wa.me/?text={quote(f'{words} {url}')}",
        qr=qr_code(url) if qr else None,
        is_own=is_own,
    )


@dataclass(frozen=True, slots=True)
class QrCode:
    """The dark squares of a QR code as one path."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The drawing of a QR code, with a quiet border of two."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=2)]
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return QrCode(size=len(rows), path="".join(squares))


# --- showing ----------------------------------------------------------------------


@register.simple_block_tag
def rows(content: str) -> SafeString:
    """A list of rows."""
    return format_html('<ul class="rows" role="list">{}</ul>', content)


@register.simple_block_tag
def few_rows(content: str, most: int = 3) -> SafeString:
    """Rows that ask for something: the first few, the others behind a tap. Nothing at all where there are none."""
    first, *others = _ROW.split(content)
    rows = [mark_safe(row) for row in others]  # noqa: S308 - rendered by the template itself
    if first.strip():
        raise ValueError("few_rows holds rows and nothing else")
    return render("few_rows", first=rows[:most], others=rows[most:])


_ROW = re.compile(r'(?=<li class="row[ "])')


@register.simple_block_tag
def row(
    content: str,
    title: str,
    text: str = "",
    href: str = "",
    time: str = "",
    icon: str = "",
    tone: str = "",
    person: str = "",
) -> SafeString:
    """One line of a list; its content is what one can do with it, at the right."""
    return render(
        "row",
        content=trimmed(content),
        title=title,
        text=text,
        href=href,
        time=time,
        icon=icon,
        tone=tone,
        initials=initials(person),
    )


@register.simple_block_tag
def tiles(content: str) -> SafeString:
    """Big doors, two beside each other."""
    return format_html('<ul class="tiles" role="list">{}</ul>', content)


@register.simple_tag
def tile(title: str, href: str, text: str = "", icon: str = "", tone: str = "sand") -> SafeString:
    """One big door."""
    return render("tile", title=title, href=href, text=text, icon=icon, tone=tone)


@register.simple_tag
def badge(text: str, tone: str = "sand", icon: str = "") -> SafeString:
    """A word about a state."""
    return render("badge", text=text, tone=tone, icon=icon)


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Something to know: info, success, warning or error."""
    return render("notice", content=content, tone=tone, title=title, icon=NOTICE_ICON[tone])


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of names and values."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(label: str, value: Any, href: str = "") -> SafeString:
    """One name and its value."""
    return render("fact", label=label, value=value, href=href)


@register.simple_block_tag
def nothing_yet(content: str, title: str, text: str = "", icon: str = "") -> SafeString:
    """Nothing here yet: a kind word and what one can do."""
    return render("nothing_yet", content=trimmed(content), title=title, text=text, icon=icon)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """What happened, one thing below the other."""
    return format_html('<ol class="timeline" role="list">{}</ol>', content)


@register.simple_block_tag
def moment(
    content: str,
    when: date | datetime | str,
    title: str,
    by: str = "",
    icon: str = "",
    tone: str = "",
    href: str = "",
    id: str = "",
) -> SafeString:
    """One thing that happened."""
    words = when
    if isinstance(when, datetime):
        words = day_clock(when)
    elif isinstance(when, date):
        words = day(when)
    machine = when.isoformat() if isinstance(when, date) else ""
    return render(
        "moment",
        content=trimmed(content),
        when=words,
        machine=machine,
        title=title,
        by=by,
        icon=icon,
        tone=tone,
        href=href,
        id=id,
    )


@register.simple_tag
def level(value: int, word: str = "", label: str = "", highest: int = 5, before: int | None = None) -> SafeString:
    """How it stands, in steps with a word. Colour alone never tells it."""
    return render(
        "level",
        value=value,
        word=word,
        label=label,
        highest=highest,
        before=before,
        steps=[{"full": n <= value, "before": n == before} for n in range(1, highest + 1)],
    )


@register.simple_tag
def progress(done: int, total: int, text: str = "") -> SafeString:
    """How far it is."""
    return render("progress", done=done, total=total, text=text or gettext("klaar"))


@register.simple_tag
def voices(
    youth: str = "",
    coach: str = "",
    youth_name: str = "",
    coach_name: str = "",
    youth_href: str = "",
    coach_href: str = "",
    speak: bool = False,
) -> SafeString:
    """What the youth says and what the coach says, side by side and equally large."""
    sides = [
        {
            "who": "youth",
            "says": gettext("%(name)s zegt") % {"name": youth_name} if youth_name else gettext("De jongere zegt"),
            "words": youth,
            "href": youth_href,
        },
        {
            "who": "coach",
            "says": gettext("%(name)s zegt") % {"name": coach_name} if coach_name else gettext("De coach zegt"),
            "words": coach,
            "href": coach_href,
        },
    ]
    return render("voices", sides=sides, speak=speak)


@register.filter
def initials(name: str) -> str:
    """N V for Noor de Vries."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isupper()] or name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def person(name: str, role: str = "", href: str = "") -> SafeString:
    """Somebody."""
    return render("person", name=name, role=role, href=href, initials=initials(name))


@register.simple_tag
def saved(at: datetime | None = None) -> SafeString:
    """Bewaard om 14.32 uur. Left empty it waits for autosave."""
    return render("saved", at=at)


@register.simple_block_tag
def disclosure(content: str, title: str, open: bool = False, icon: str = "") -> SafeString:
    """More, for who wants it."""
    return render("disclosure", content=content, title=title, open=open, icon=icon)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: "Page[Any]", name: str = "page") -> SafeString:
    """To the previous and the next page; the rest of the question stays."""
    request = context.get("request")

    def address(number: int) -> str:
        query = request.GET.copy() if request else None
        if query is None:
            return f"?{name}={number}"
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return render(
        "pagination",
        page=page,
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
    )


@register.simple_block_tag
def numbers(content: str) -> SafeString:
    """Figures beside each other."""
    return format_html('<ul class="numbers" role="list">{}</ul>', content)


@register.simple_tag
def number(value: Any, text: str, href: str = "", note: str = "", tone: str = "") -> SafeString:
    """A figure that opens the cases behind it."""
    return render("number", value=value, text=text, href=href, note=note, tone=tone)


@register.simple_block_tag
def table(content: str, caption: str, hide_caption: bool = False) -> SafeString:
    """A table in a box of its own, so that the page never scrolls sideways."""
    return render("table", content=content, caption=caption, hide_caption=hide_caption)


# --- the red thread ---------------------------------------------------------------


def _as_knot(thing: Any) -> red.Knot:
    get = thing.get if isinstance(thing, Mapping) else lambda name, default="": getattr(thing, name, default)
    when = get("date", None)
    if isinstance(when, datetime):
        when = timezone.localtime(when).date() if timezone.is_aware(when) else when.date()
    words = {name: str(get(name, "") or "") for name in ("title", "text", "href", "rough")}
    return red.Knot(when, kind=get("kind", "yes"), **words)


def describe(knots: Sequence[red.Knot]) -> str:
    """The thread in one sentence, for who does not see it."""
    if not knots:
        return gettext("Er staat nog niets op de draad.")
    loops = sum(knot.kind == "loop" for knot in knots)
    words = ngettext(
        "De draad heeft %(count)s knoop, van %(first)s tot %(last)s.",
        "De draad heeft %(count)s knopen, van %(first)s tot %(last)s.",
        len(knots),
    ) % {"count": len(knots), "first": day(knots[0].date), "last": day(knots[-1].date)}
    if loops:
        turns = ngettext("De draad maakt %(count)s lus.", "De draad maakt %(count)s lussen.", loops) % {"count": loops}
        words = f"{words} {turns}"
    return words


@register.simple_tag(takes_context=True)
def thread(
    context: Context,
    knots: Sequence[Any],
    phases: Sequence[red.Phase] | None = None,
    title: str = "",
    compact: bool = False,
) -> SafeString:
    """The red thread, from the first meeting to aftercare. A setback is a loop, never a break."""
    ties = [_as_knot(knot) for knot in knots]
    stretches = [red.Phase(*phase) for phase in phases or ()]
    number: int = (context.render_context.get("threads") or 0) + 1
    context.render_context["threads"] = number
    shared = {"title": title or gettext("De rode draad"), "description": describe(ties), "id": f"draad-{number}"}
    if compact:
        places = [
            {"x": x, "y": y, "kind": knot.kind}
            for knot, (x, y) in zip(ties, red.spots(ties), strict=True)
            if knot.kind != "loop"
        ]
        return render("thread_compact", paths=red.across(ties, stretches), places=places, **shared)
    steps = [
        {"knot": knot, "piece": piece, "drawing": mark_safe(ICONS.get(piece.icon, ""))}  # noqa: S308 - our own drawings
        for knot, piece in zip(ties, red.draw(ties, stretches), strict=True)
    ]
    return render("thread", steps=steps, width=red.WIDTH, tail_height=red.TAIL, **shared)


# --- asking -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose from."""

    id: str
    value: str
    label: str
    icon: str
    is_chosen: bool


def _question(bound: BoundField, label: str, hint: str | None, optional: bool | None) -> dict[str, Any]:
    """What every kind of field shows: label, description, error, and the ids that tie them together."""
    if hint is None:
        bound.help_text = ""  # or Django points a screen reader to it
    hint = hint or str(bound.help_text)
    errors = mistakes_in(bound)
    hint_id, error_id = f"{bound.auto_id}_hint" if hint else "", f"{bound.auto_id}_error" if errors else ""
    return {
        "bound": bound,
        "id": bound.auto_id,
        "label": label or bound.label,
        "hint": hint,
        "errors": errors,
        "hint_id": hint_id,
        "error_id": error_id,
        "described_by": " ".join(filter(None, [hint_id, error_id])),
        "optional": not bound.field.required if optional is None else optional,
    }


def mistakes_in(bound: BoundField) -> list[str]:
    """What still has to be done here, in plain words where Django has official ones."""
    official = str(forms.Field.default_error_messages["required"])
    to_do = gettext("Kies nog een antwoord.") if hasattr(bound.field, "choices") else gettext("Vul dit nog in.")
    if isinstance(bound.field.widget, forms.CheckboxInput):
        to_do = gettext("Zet hier nog een vinkje.")
    return [to_do if str(text) == official else str(text) for text in bound.errors]


NATIVE = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}


def _native(bound: BoundField) -> forms.Widget:
    """Dates and times with the wheel of the device itself; unless it would throw away what somebody typed."""
    widget: forms.Widget = bound.field.widget
    if bound.errors and isinstance(bound.value(), str) and not re.fullmatch(r"[\d:T-]*", bound.value()):
        return widget
    for kind, (input_type, format) in NATIVE.items():
        if isinstance(widget, kind) and widget.input_type == "text":
            native: Any = copy.copy(widget)
            native.input_type, native.format = input_type, format
            return cast("forms.Widget", native)
    return widget


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "text"


UTRECHT_FIELD = {
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "text": "utrecht-textbox utrecht-textbox--html-input",
    "file": "input-file",
    "checkbox": "input-checkbox",
}


@register.simple_tag
def field(
    bound: BoundField,
    label: str = "",
    hint: str | None = "",
    rows: int | None = None,
    optional: bool | None = None,
    wide: bool = True,
    **attrs: Any,
) -> SafeString:
    """A question with its answer, its explanation and, beside it, what still has to be done."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_hidden()
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return chips(bound, label, hint, optional=optional)
    question = _question(bound, label, hint, optional)
    kind = _kind(widget)
    own = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items() if value is not None}
    own["class"] = " ".join(filter(None, [UTRECHT_FIELD[kind], widget.attrs.get("class"), own.get("class")]))
    if question["described_by"]:
        own["aria-describedby"] = question["described_by"]
    if question["errors"]:
        own["aria-invalid"] = "true"
    if rows:
        own["rows"] = rows
    html = bound.as_widget(widget=_native(bound), attrs=own)
    return render("field", kind=kind, wide=wide, input=html, is_group=isinstance(widget, forms.MultiWidget), **question)


def _choices(bound: BoundField, icons: Mapping[Any, str]) -> list[Choice]:
    """The answers of a field, without the empty one that Django adds."""
    value = bound.value()
    chosen = {str(v) for v in value} if isinstance(value, list | tuple | set) else {"" if value is None else str(value)}
    found: list[Choice] = []

    def add(pairs: Any) -> None:
        for key, name in pairs:
            if isinstance(name, list | tuple):
                add(name)
                continue
            text = "" if key is None else str(key)
            if not text and (not name or str(name).startswith("---")):
                continue
            drawing = icons.get(key, icons.get(text, ""))
            found.append(Choice(f"{bound.auto_id}_{len(found)}", text, str(name), drawing, text in chosen))

    add(bound.field.choices)  # type: ignore[attr-defined]
    return found


@register.simple_tag
def chips(
    bound: BoundField,
    label: str = "",
    hint: str | None = "",
    icons: Mapping[Any, str] | None = None,
    first: int | None = None,
    hide_label: bool = False,
    optional: bool | None = None,
) -> SafeString:
    """Answers to tap. One, or more when the field takes more."""
    answers = _choices(bound, icons or {})
    shown, more = (answers[:first], answers[first:]) if first else (answers, [])
    return render(
        "chips",
        answers=shown,
        more=more,
        more_open=any(answer.is_chosen for answer in more),
        many=_takes_many(bound),
        hide_label=hide_label,
        **_question(bound, label, hint, optional),
    )


def _takes_many(bound: BoundField) -> bool:
    return bool(getattr(bound.field.widget, "allow_multiple_selected", False))


@register.simple_tag
def scale(bound: BoundField, label: str = "", hint: str | None = "", optional: bool | None = None) -> SafeString:
    """Answers that climb: a number and its words, large enough for a thumb."""
    answers = [(answer, answer.value if answer.value.isdigit() else "") for answer in _choices(bound, {})]
    return render("scale", answers=answers, **_question(bound, label, hint, optional))


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something to look at again, and where it stands."""

    href: str
    label: str
    text: str


@register.simple_tag
def form_errors(*asked: BaseForm) -> SafeString:
    """What still has to be looked at, above the form, with links to the places. Takes focus."""
    mistakes = []
    for form in asked:
        mistakes += [Mistake("", "", str(text)) for text in form.non_field_errors()]
        for bound in form:
            target = f"{bound.auto_id}_0" if _is_group(bound) else bound.auto_id
            label = str(bound.label) if str(bound.label).endswith(("?", ".", ":")) else f"{bound.label}:"
            mistakes += [Mistake(f"#{target}", label, text) for text in mistakes_in(bound)]
    return render("form_errors", mistakes=mistakes) if mistakes else SafeString("")


def _is_group(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget)
