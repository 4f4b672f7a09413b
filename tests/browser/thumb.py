"""What a thumb does: press, choose, type, look."""

import re

from playwright.sync_api import Page, expect


def press(page: Page, name: str, *, exact: bool = True) -> None:
    """Press the button or link of this name, as a thumb would: the first one in sight."""
    target = page.get_by_role("button", name=name, exact=exact).or_(page.get_by_role("link", name=name, exact=exact))
    target.filter(visible=True).first.click()
    page.wait_for_load_state()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_role("radio", name=answer).check()


def sees(page: Page, *words: str) -> None:
    for word in words:
        expect(page.get_by_text(word).filter(visible=True).first).to_be_visible()


def fill(page: Page, answers: dict[str, str]) -> None:
    for question, answer in answers.items():
        page.get_by_label(re.compile(f"^{re.escape(question)}")).first.fill(answer)  # "(mag leeg)" may follow
