"""What only the screens of the coach need."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string as render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ipta.web.hrefs import href
from ipta.web.templatetags.ipta_ui import link_button, post_button, trimmed

register = template.Library()

# The pages of one youth: address, word, icon.
PAGES = (
    ("coach:youth", _("Overzicht"), "person"),
    ("coach:messages", _("Berichten"), "chat"),
    ("coach:scan", _("Scan"), "list"),
    ("coach:plan", _("Plan"), "plan"),
    ("coach:work", _("Werk"), "work"),
    ("coach:network", _("Mensen"), "people"),
    ("coach:grants", _("Delen"), "share"),
    ("coach:papers", _("Papieren"), "file"),
    ("coach:timeline", _("Tijdlijn"), "thread"),
    ("coach:course", _("Begeleiding"), "leaf"),
    ("coach:devices", _("Telefoon"), "phone"),
)
NOT_IN_EMERGENCY = {"coach:grants", "coach:course", "coach:devices"}


@dataclass(frozen=True, slots=True)
class Page:
    """One of them, for this youth."""

    href: str
    label: str | Promise
    icon: str


@register.inclusion_tag("coach/one_nav.html", takes_context=True)
def one_nav(context: Context, youth: Any) -> dict[str, Any]:
    """The way to all pages of one youth. Where we are shows, on the pages below it too."""
    request = context.get("request")
    path: str = getattr(request, "path", "")
    left_out = NOT_IN_EMERGENCY if getattr(request, "reads_only", False) else set()
    pages = [Page(href(name, youth.pk), label, icon) for name, label, icon in PAGES if name not in left_out]
    overview, *others = pages
    here = [page.href for page in others if path.startswith(page.href)] or [overview.href] * (path == overview.href)
    return {"pages": pages, "here": here[0] if here else ""}


@register.simple_tag(takes_context=True)
def one_action(context: Context, action: Any, variant: str) -> SafeString:
    """What can be done with one tap (`tasks.Action`): a button that changes something, or the way to a page."""
    if action.sends is not None:
        return post_button(context, str(action.label), action.href, icon=action.icon, variant=variant, **action.sends)
    outside: dict[str, Any] = {"rel": "noopener noreferrer", "target": "_blank"} if action.is_outside else {}
    return link_button(str(action.label), action.href, icon=action.icon, variant=variant, **outside)


@register.simple_block_tag
def line(
    content: str,
    title: str,
    text: str = "",
    href: str = "",
    time: str = "",
    name: str = "",
    name_href: str = "",
    safety: str = "",
    tone: str = "",
    id: str = "",
) -> SafeString:
    """One thing to do: about whom, what, what to know before one calls or visits. Its content: what can be done."""
    return render(
        "coach/line.html",
        {
            "content": trimmed(content),
            "title": title,
            "text": text,
            "href": href,
            "time": time,
            "name": name,
            "name_href": name_href,
            "safety": safety,
            "tone": tone,
            "id": id,
        },
    )
