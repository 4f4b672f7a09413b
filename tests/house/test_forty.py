"""The forty nastiest inputs of the security design (section 10), one row each: what is sent, and which tests send it.

All of them run on both databases, but those that touch none. Where IPTA has no such thing, `instead`
says what it does, and a test fails on the day the thing is made.
"""

import ast
import re
from dataclasses import dataclass
from functools import cache

import pytest

from tests.house.code import IPTA, ROOT, files, tree
from tests.house.site import ROUTES

NASTY, REQUESTS, WORDS = (f"tests/house/test_nasty{more}.py::" for more in ("", "_requests", "_words"))
PACKAGE, SEARCH, HERE = "tests/api/test_nasty.py::", "tests/web/coach/test_search.py::", "tests/house/test_forty.py::"
PAPERS, UPLOADS = "tests/domain/dossiers/test_paper_checks.py::", "tests/web/test_uploads.py::"
CODE, PIN = "tests/web/entry/test_code.py::", "tests/web/entry/test_pin.py::"
NEXT, WORKERS = "tests/web/account/test_next.py::", "tests/web/account/test_workers.py::"
FORMS, REFUSED = (
    f"{NASTY}test_every_form_stands_whatever_is_sent",
    f"{PACKAGE}test_it_is_refused_in_plain_words_and_nothing_stays",
)


@dataclass(frozen=True)
class Row:
    sent: str
    tests: tuple[str, ...]
    instead: str = ""


def row(sent: str, *tests: str, instead: str = "") -> Row:
    return Row(sent, tests, instead)


FORTY = {
    1: row(
        "NUL in an address, a search, a form, a cookie",
        f"{NASTY}test_nothing_in_an_address_breaks_a_page",
        f"{SEARCH}test_at_least_two_letters",
        f"{REQUESTS}test_no_cookie_breaks_anything",
        f"{NASTY}test_the_own_account_holds",
        f"{NASTY}test_the_way_in_holds",
        FORMS,
    ),
    2: row("a NUL in JSON", REFUSED, "tests/api/test_refused.py::test_what_is_no_package_is_refused"),
    3: row("half a sign in JSON", REFUSED),
    4: row("NaN and Infinity in JSON", REFUSED),
    5: row(
        "a hundred thousand brackets in JSON",
        REFUSED,
        "tests/web/account/test_passkeys.py::test_nonsense_signs_nobody_in",
    ),
    6: row(
        "a number of five thousand digits, in JSON, a form and an address",
        REFUSED,
        f"{REQUESTS}test_a_number_in_an_address_is_there_or_not_there",
        FORMS,
    ),
    7: row(
        "a number that one database takes and the other does not",
        f"{PACKAGE}test_a_number_that_one_database_takes_and_the_other_does_not",
        f"{REQUESTS}test_a_number_in_an_address_is_there_or_not_there",
        FORMS,
    ),
    8: row(
        "what is not UTF-8",
        f"{WORDS}test_what_is_no_text_is_refused_in_words_and_stays_in_its_field",
        f"{WORDS}test_a_paper_with_a_name_that_is_no_text_is_refused_too",
        f"{SEARCH}test_what_is_no_text_breaks_nothing",
        REFUSED,
        FORMS,
    ),
    9: row(
        "signs that turn the letters around them, or show nothing, in names",
        f"{WORDS}test_a_name_is_one_line_and_reads_as_it_stands",
        "tests/method/test_dossiers.py::test_signs_that_hide_or_turn_words_around_are_left_out",
        "tests/domain/dossiers/test_note.py::test_signs_that_hide_are_left_out",
    ),
    10: row(
        "a name of which nobody sees anything",
        f"{WORDS}test_a_name_of_which_nobody_sees_anything_is_empty",
        "tests/method/test_dossiers.py::test_a_name_that_shows_nothing_is_no_name",
    ),
    11: row(
        "a twin in letters of another alphabet, when sharing and handing over",
        f"{WORDS}test_of_two_names_that_look_alike_one_sees_which_is_meant",
    ),
    12: row(
        "accounts that differ in a dotless i, a sharp s, an accent in two parts",
        f"{WORDS}test_an_address_that_looks_like_another_makes_no_second_account",
        "tests/web/account/test_limits.py::test_the_same_address_in_other_letters_is_the_same_account",
        "tests/method/test_dossiers.py::test_two_names_that_look_the_same_are_the_same",
    ),
    13: row(
        "two hundred families of emoji, letters with towers of accents",
        f"{WORDS}test_what_people_write_comes_back_sign_for_sign",
        "tests/web/test_printing.py::test_whatever_somebody_typed_comes_on_paper",
        "tests/web/test_printing.py::test_names_and_words_of_the_world_stay_as_they_were_typed",
        instead="There is no certificate in PDF: the papers are his plan and the picture of him.",
    ),
    14: row(
        "a day of the year 1 or 9999, 30 February",
        f"{WORDS}test_a_day_that_is_none_is_said_in_plain_words",
        "tests/api/test_refused.py::test_each_fault_is_told_with_its_place",
        FORMS,
    ),
    15: row(
        "half past two in both nights in which the clock is moved",
        f"{WORDS}test_an_hour_that_is_skipped_is_no_time_for_an_appointment",
        f"{WORDS}test_nor_for_a_note_and_what_comes_back_is_what_was_typed",
    ),
    16: row(
        "born on 29 February, exactly 16, exactly 27",
        f"{WORDS}test_when_he_was_born_are_words_and_nothing_reckons_with_them",
        f"{HERE}test_an_age_is_looked_at_in_one_place_that_only_says_whom_else_to_think_of",
        "tests/web/coach/test_scouted.py::test_who_is_outside_the_group_says_yes_all_the_same",
        "tests/method/test_scouting.py::test_only_an_age_that_is_surely_outside_is_said_to_be_so",
        "tests/method/test_dossiers.py::test_whom_it_is_for",
        instead="When somebody was born are words of his own, and so is the age a coach guessed: none is reckoned from "
        "a day, so none is wrong on a birthday. Outside the group it says whom else to think of, and refuses nobody.",
    ),
    17: row("1_000, Arabic and full-width digits where a number is asked", f"{WORDS}test_a_number_is_its_plain_digits"),
    18: row(
        "code in every text, read by everybody, on pages, in mails, in the calendar",
        f"{WORDS}test_code_in_any_text_runs_for_nobody",
        "tests/house/test_laws.py::test_nothing_people_typed_is_shown_unescaped",
        "tests/web/youth/test_appointments.py::test_the_calendar_of_his_phone_knows_the_time_and_nothing_else",
        f"{SEARCH}test_nothing_that_stands_there_runs",
        FORMS,
    ),
    19: row("formulas in an export", "tests/domain/journal/test_command_line.py::test_no_cell_is_a_formula"),
    20: row(
        "line ends in a name, a subject, the name of a file, the calendar",
        f"{WORDS}test_a_name_is_one_line_and_reads_as_it_stands",
        "tests/method/test_papers.py::test_a_name_is_safe_on_every_device",
        "tests/web/youth/test_appointments.py::test_the_calendar_of_his_phone_knows_the_time_and_nothing_else",
    ),
    21: row(
        "names of files with a path, an ending too many, a device, nothing",
        "tests/method/test_papers.py::test_a_name_is_safe_on_every_device",
        "tests/method/test_papers.py::test_whatever_somebody_types_the_name_is_one_file_of_the_right_kind",
        "tests/web/coach/test_papers.py::test_its_name_is_one_we_made",
    ),
    22: row(
        "files that are two things at once",
        f"{PAPERS}test_what_is_no_paper_is_refused_in_words",
        f"{PAPERS}test_what_comes_in_holds_nothing_but_what_one_sees",
    ),
    23: row(
        "a flood of dots, ten thousand pictures, half a photo",
        f"{PAPERS}test_what_is_no_paper_is_refused_in_words",
        f"{PAPERS}test_ten_thousand_pictures_in_one_are_refused_at_once",
    ),
    24: row(
        "PDFs that act, with a lock, a book, a bomb; letters of Word and archives",
        f"{PAPERS}test_what_is_no_paper_is_refused_in_words",
        f"{PAPERS}test_a_bomb_is_refused_and_harms_nobody",
        instead="A letter of Word, a sheet, an archive are not opened: the answer says to make a photo or a PDF.",
    ),
    25: row(
        "a virus, plain and in an archive",
        f"{PAPERS}test_what_is_no_paper_is_refused_in_words",
        f"{PAPERS}test_a_virus_is_refused_also_where_cleaning_would_take_it_out",
    ),
    26: row(
        "a photo that tells where it was taken",
        f"{PAPERS}test_what_comes_in_holds_nothing_but_what_one_sees",
        f"{PAPERS}test_the_photo_in_a_pdf_stays_without_its_place",
    ),
    27: row(
        "two thousand fields, three million letters, 101 files, a letter at a time",
        f"{REQUESTS}test_too_much_at_once_is_refused_in_plain_words",
        f"{UPLOADS}test_a_hundred_files_at_once_are_refused_in_words",
        f"{UPLOADS}test_two_hundred_megabytes_pass_by_in_a_little_memory",
        f"{WORKERS}test_who_sends_a_letter_at_a_time_keeps_nobody_waiting",
    ),
    28: row(
        "the same field twice, in address and form, a list where a word belongs",
        f"{REQUESTS}test_of_the_same_field_twice_only_what_is_his_own_counts",
        REFUSED,
    ),
    29: row(
        "ids of others, of what is gone, in another form, in a hidden field, in `next`",
        f"{REQUESTS}test_an_id_is_written_in_one_way",
        f"{REQUESTS}test_of_the_same_field_twice_only_what_is_his_own_counts",
        "tests/house/test_access.py::",
        FORMS,
    ),
    30: row(
        "pages, orders and filters as an ORM takes them",
        f"{REQUESTS}test_nothing_hung_on_an_address_shows_more_or_breaks",
        "tests/house/test_access.py::",
        "tests/web/youth/test_looks.py::test_a_page_too_far_is_no_dead_end",
    ),
    31: row(
        "`next` to another site",
        f"{NEXT}test_staff_go_to_a_page_of_this_site",
        f"{NEXT}test_so_do_youths",
        f"{NEXT}test_no_other_door_leads_elsewhere",
        FORMS,
    ),
    32: row(
        "forged headers, two lengths of one request",
        f"{NEXT}test_a_forged_host_is_refused",
        f"{NEXT}test_what_is_forwarded_changes_no_link",
        f"{REQUESTS}test_no_header_breaks_anything_or_leads_elsewhere",
        f"{WORKERS}test_a_request_of_two_lengths_is_not_read",
    ),
    33: row("fields nobody asked for, in every form", f"{REQUESTS}test_no_form_takes_more_than_it_asks"),
    34: row(
        "a form of before: withdrawn, handed over, erased, overtaken, sent twice, in two tabs",
        f"{WORDS}test_who_typed_for_a_dossier_that_is_no_longer_his_keeps_his_words",
        f"{WORDS}test_a_part_that_is_no_longer_shared_is_gone_at_the_next_tap",
        "tests/house/test_withdrawn_while_reading.py::test_a_request_that_began_before_is_whole_and_the_next_one_sees_nothing",
        "tests/house/test_erased.py::test_who_writes_there_is_told_and_keeps_every_word",
        "tests/web/coach/test_plan.py::test_who_comes_second_with_the_same_words_sees_both_texts_and_decides",
        "tests/web/coach/test_plan.py::test_a_first_text_in_two_tabs_becomes_one_text",
        "tests/web/coach/test_plan.py::test_a_second_tap_writes_one_text",
        "tests/web/youth/test_plan.py::test_two_tabs_of_his_own_are_two_texts_too",
        "tests/web/test_going_wrong.py::test_a_note_typed_after_the_session_ended_comes_back",
    ),
    35: row(
        "a token of another browser, none, the method in a field, a button by its address",
        f"{REQUESTS}test_a_form_of_another_site_writes_nothing_and_keeps_the_words",
        f"{REQUESTS}test_looking_at_the_address_of_a_button_does_nothing",
        "tests/web/test_going_wrong.py::test_a_form_of_an_earlier_sign_in_is_kept_too",
    ),
    36: row(
        "an outbox of somebody who worked without a line",
        f"{HERE}test_nothing_waits_in_a_browser_to_be_sent",
        "tests/web/coach/test_notes.py::test_a_second_tap_writes_once",
        "tests/web/youth/test_kept.py::test_what_he_types_is_kept_while_he_types",
        instead="not here: pages ask for a line. What is typed lies in the tab and with us, and is sent by a person.",
    ),
    37: row(
        "a code used twice, by another account, by a robot, a second too late",
        f"{CODE}test_no_robot_uses_a_code_up_or_sees_what_this_is",
        f"{CODE}test_a_code_works_for_72_hours_to_the_second",
        f"{CODE}test_a_code_of_one_youth_in_the_session_of_another_mixes_nothing",
        f"{CODE}test_two_phones_with_one_code_one_gets_in",
    ),
    38: row(
        "PIN and code in other digits, with spaces, a million times, once more",
        f"{CODE}test_digits_of_another_keyboard_are_digits",
        f"{PIN}test_after_five_wrong_tries_even_the_right_pin_waits_for_the_coach",
        "tests/web/account/test_second_factor.py::test_digits_of_any_keyboard_with_spaces",
        "tests/web/account/test_second_factor.py::test_a_used_code_never_works_again",
        f"{WORKERS}test_five_wrong_pins_close_the_telephone_for_every_worker",
        f"{WORKERS}test_a_used_code_of_the_telephone_is_refused_by_every_worker",
    ),
    39: row(
        "searching for %_%, a backslash, a story, an expression, a letter",
        f"{SEARCH}test_signs_are_plain_signs",
        f"{SEARCH}test_at_least_two_letters",
        f"{SEARCH}test_a_whole_story_is_not_looked_for",
    ),
    40: row(
        "a BSN, an account, a telephone, a text of the police",
        f"{WORDS}test_what_nobody_asks_for_is_said_once_and_the_words_stay",
        f"{WORDS}test_what_only_looks_a_bit_like_it_goes_straight_in",
        f"{WORDS}test_of_a_telephone_it_is_said_where_it_is_found_again",
        f"{WORDS}test_a_number_of_his_is_in_no_subject_title_or_mail",
        "tests/domain/sharing/test_emergency.py::test_the_mail_says_nothing_of_anybody",
        instead="No machine says of a name whose it is: whoever a text names, it stands in no mail and no title.",
    ),
}


@cache
def _tests_in(file: str) -> dict[str, str]:
    """The tests of a file, with what stands above each."""
    found = [node for node in tree(ROOT / file).body if isinstance(node, ast.FunctionDef)]
    return {node.name: " ".join(map(ast.unparse, node.decorator_list)) for node in found if node.name[:5] == "test_"}


def test_there_are_forty() -> None:
    assert list(FORTY) == list(range(1, 41))


@pytest.mark.parametrize("number", FORTY)
def test_each_is_sent_by_tests_that_are_there(number: int) -> None:
    """And that are never left out. A file without the name of a test: all of it."""
    assert FORTY[number].tests
    for test in FORTY[number].tests:
        file, _, name = test.partition("::")
        there = _tests_in(file)
        assert name in there if name else there, f"{test} is not there"
        assert not re.search("skip|xfail", there.get(name, "")), f"{test} may be left out"


# --- what is not here yet -----------------------------------------------------------------------------


def test_nothing_waits_in_a_browser_to_be_sent() -> None:
    """No worker, no store that outlives the tab, no address that takes what waited: then row 36 has to be made."""
    scripts = "".join(file.read_text() for file in (IPTA / "web" / "components").glob("*.js"))
    assert "sessionStorage" in scripts
    assert not re.search("serviceWorker|indexedDB|localStorage|caches\\.open|SyncManager", scripts)
    assert not [name for name in ROUTES if re.search("outbox|sync|offline|queue", name)]


def test_there_is_no_certificate() -> None:
    """What becomes a PDF of somebody's words goes through `ipta.web.printing`, which row 13 looks at."""
    assert not re.search("weasyprint|reportlab|fpdf", (ROOT / "pyproject.toml").read_text(), re.I)
    assert not [name for name in ROUTES if re.search("certificate|certificaat|brief", name)]


def test_an_age_is_looked_at_in_one_place_that_only_says_whom_else_to_think_of() -> None:
    """Whom it is for stands in the rules, and the register says it; no command and no policy asks it of somebody."""
    reckoning = [file.name for file in files() if re.search(r"\bAGES\b", file.read_text()) and file.name != "rules.py"]
    assert reckoning == ["chain.py", "register.py"]
