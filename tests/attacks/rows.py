"""The attacks on questions and on running quizzes, numbered as in the attack matrix.

A test says in its docstring which row it shows. What was shown already where it belongs is named
here; `test_every_row.py` looks whether it is still there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    tried: str
    expected: str
    shown_by: tuple[str, ...] = ()


SAVING = "training/learn/test_saving.py::"
QUESTION = "training/learn/test_question.py::"
STARTING = "training/flows/test_starting_a_quiz.py::"
RACES = "races/test_at_once.py::"

ROWS = {
    "A41": Row(
        "Search every response before the hand-in for keys, feedback, weights and authored ids",
        "not there; options are called otherwise in each attempt",
        (
            "training/learn/test_leaks.py::test_a_whole_run_tells_nothing_before_it_is_handed_in",
            "training/learn/test_leaks.py::test_the_order_of_options_does_not_follow_the_key",
            "training/answers/test_naming.py::"
            "test_no_authored_id_stands_in_a_form_and_none_is_taken",
        ),
    ),
    "A42": Row("Preview, feedback and check pages as a trainee", "403 or 404"),
    "A43": Row("A regular expression as an accepted answer", "plain words"),
    "A44": Row("1e309, NaN, -0, ١٢, 1,5, 100,000 digits", "refused or right, below 50 ms"),
    "A45": Row("A formula that runs code", "there is no code to run"),
    "A46": Row("Two keys, none, negative points, 10,000 options", "refused when read"),
    "A47": Row(
        "Edit or remove a question that open and past attempts ask",
        "a new revision; old results unchanged",
        (STARTING + "test_a_question_edited_in_mid_attempt_changes_nothing_in_it",),
    ),
    "A61": Row(
        "Start 20 times at once", "one attempt", (RACES + "test_twenty_starts_make_one_attempt",)
    ),
    "A62": Row(
        "Hand in 20 times at once; save beside the hand-in, many rounds",
        "one set of grades; a save counts or is marked late",
        (
            RACES + "test_twenty_hand_ins_make_one_set_of_grades",
            RACES + "test_a_save_beside_the_hand_in_counts_or_is_marked_late",
            RACES + "test_many_saves_meet_their_hand_in_and_none_is_late_without_a_mark",
        ),
    ),
    "A63": Row("Read questions without a start; start by GET", "nothing begun, nothing shown"),
    "A64": Row(
        "Save after the deadline, with a clock of one's own",
        "kept as late, not graded, in the log",
        (
            QUESTION + "test_a_late_answer_is_kept_marked_late_and_not_counted",
            SAVING + "test_what_comes_after_the_deadline_is_kept_and_the_attempt_closed_at_it",
        ),
    ),
    "A65": Row("Another clock in the browser, no timer script", "no second gained"),
    "A66": Row(
        "Another's question, a question of another attempt, a locked question",
        "404, or told that it is closed",
        (
            QUESTION + "test_a_position_that_does_not_exist_is_not_found",
            QUESTION + "test_somebody_elses_attempt_is_not_found_and_not_written_to",
        ),
    ),
    "A67": Row(
        "An old sequence, no key, a key used again for another answer",
        "409; 400; 409 and both in the log",
        (
            QUESTION + "test_of_two_tabs_the_older_is_shown_both_answers_and_overwrites_nothing",
            QUESTION + "test_a_key_used_again_for_another_answer_is_a_conflict",
            QUESTION + "test_an_incomplete_key_is_told_apart_from_one_that_was_used",
        ),
    ),
    "A68": Row(
        "A value that is no option, several for one choice, 10 MB, NUL, lone surrogates",
        "400, or 413 for the 10 MB; nothing stored, and said why",
        (
            QUESTION + "test_what_is_no_answer_is_refused_and_the_earlier_one_stands",
            QUESTION + "test_a_request_of_ten_megabytes_is_refused",
        ),
    ),
    "A69": Row(
        "An attempt too many, a second one while one is open, a retake before its time",
        "refused, or the open one",
        (
            STARTING + "test_a_second_attempt_waits_and_a_fourth_is_refused",
            STARTING + "test_two_clicks_land_on_one_attempt",
        ),
    ),
    "A70": Row("Extra time by a field of a form; by another cohort's instructor", "ignored; 404"),
    "A71": Row("Result, feedback and statistics before the release", "not shown anywhere"),
    "A72": Row(
        "Two browsers, one attempt, opposite answers as fast as they go",
        "all in the log, the last accepted stands, no error",
        (RACES + "test_two_browsers_that_contradict_each_other_leave_a_whole_log",),
    ),
    "A73": Row("Leave a locked examination", "no quiz asks for a lock: there is nothing to leave"),
    "A74": Row("A wrong key of a locked browser", "no quiz asks for one: a header changes nothing"),
    "A75": Row(
        "A hundred saves a second by one trainee",
        "429 with Retry-After; nothing is lost, and the page sends the same save again",
        (
            "journeys/trainee/test_saving.py::"
            "test_a_page_that_is_asked_for_patience_sends_the_same_save_again",
        ),
    ),
}
