"""The faults, numbered as in the fault matrix, and the tests that show what is expected of each.

What no test shows stands in `missing`, with the reason. `test_every_row.py` looks whether the tests
are still there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    fault: str
    expected: str
    shown_by: tuple[str, ...] = ()
    missing: str = ""


SHORT = "faults/test_short.py::"
STRUCK = SHORT + "test_what_was_acknowledged_outlives_killed_workers_and_restarts"
RACES = "races/test_at_once.py::"
LINE = "journeys/trainee/test_saving.py::"
CONFIG = "training/config/"
QUESTION = "training/learn/test_question.py::"
JUMPS = "training/learn/test_clock_jumps.py::"
PREPARE = "training/management/test_prepare.py::"
BACKUP = "training/management/test_backup.py::"
TRAIL = "faults/test_no_trail.py::"
TAKEN = "training/flows/test_as_it_was_taken.py::"

ROWS = {
    "F1": Row("A worker is killed in mid-save", "nothing lost, nothing doubled", (STRUCK,)),
    "F2": Row("The whole server is killed", "attempts go on, nobody signed out", (STRUCK,)),
    "F3": Row(
        "The database restarts in mid-quiz",
        "503 with Retry-After, then on",
        (
            STRUCK,
            CONFIG + "test_postgresql.py::"
            "test_a_server_that_said_farewell_is_found_again_before_anything_is_asked",
            CONFIG + "test_faults.py::test_a_database_that_fails_in_a_page_is_told_as_503",
        ),
    ),
    "F4": Row(
        "Start, twenty times at once",
        "one attempt",
        (
            RACES + "test_twenty_starts_make_one_attempt",
            "training/learn/test_quiz.py::test_starting_twice_lands_on_the_same_attempt",
        ),
    ),
    "F5": Row(
        "Hand in twice, a form sent again",
        "one hand-in, one set of grades",
        (
            RACES + "test_twenty_hand_ins_make_one_set_of_grades",
            QUESTION + "test_the_same_save_sent_twice_counts_once",
        ),
    ),
    "F6": Row(
        "Two tabs with different answers",
        "409 with both; nothing overwritten silently",
        (
            QUESTION + "test_of_two_tabs_the_older_is_shown_both_answers_and_overwrites_nothing",
            LINE + "test_of_two_pages_the_older_is_told_and_both_are_in_the_log",
        ),
    ),
    "F7": Row(
        "A second device takes over",
        "allowed, and the answers of both are kept",
        (RACES + "test_two_browsers_that_contradict_each_other_leave_a_whole_log",),
    ),
    "F8": Row(
        "The browser is offline for minutes",
        "answers wait on the device and are sent",
        (
            LINE + "test_without_a_connection_thea_goes_on_and_nothing_is_lost",
            "journeys/trainee/test_restart_offline.py::"
            "test_answers_wait_through_a_restart_without_a_network_and_arrive_without_a_touch",
        ),
        missing="300 seconds in real time: only the long run (python -m tests.faults) takes them",
    ),
    "F9": Row(
        "A save failed, the page is loaded again",
        "sent without a touch",
        (LINE + "test_a_blocked_save_survives_a_reload_and_is_sent_without_a_touch",),
    ),
    "F10": Row(
        "The deadline passes while offline",
        "kept as late, never thrown away; counts by a decision",
        (
            LINE + "test_when_time_is_up_while_offline_the_late_answer_is_kept_and_not_graded",
            "training/flows/test_counting_late_answers.py::"
            "test_what_was_decided_counts_everywhere_and_what_was_graded_stays",
        ),
    ),
    "F11": Row(
        "The browser's clock is wrong",
        "no second gained",
        (
            "attacks/test_runtime.py::test_a_time_that_the_browser_sends_is_not_looked_at",
            "attacks/test_runtime.py::test_who_never_asks_for_the_time_gains_none",
            "look/test_scripts.py::"
            "test_a_computer_whose_clock_is_wrong_and_is_set_meanwhile_counts_right",
        ),
    ),
    "F12": Row(
        "The server's clock goes back",
        "no second gained, answers in order, an alarm",
        (
            JUMPS + "test_a_clock_that_goes_back_adds_no_second",
            JUMPS + "test_answers_stay_in_the_order_in_which_they_came",
            "training/clock/test_site_time.py::"
            "test_after_a_jump_back_time_goes_on_and_one_alarm_is_logged",
            "training/clock/test_rules.py::test_a_clock_that_goes_back_gives_nobody_a_second",
        ),
        missing="in tests the clocks are moved by hand; under libfaketime it was seen once",
    ),
    "F13": Row(
        "The server's clock jumps ahead",
        "nobody closed without a second look",
        (
            JUMPS + "test_a_jump_ahead_closes_nobody_until_a_second_look",
            JUMPS + "test_a_jump_ahead_that_lasts_closes_what_is_over",
            "training/clock/test_rules.py::test_a_jump_ahead_that_is_taken_back_was_never_believed",
        ),
    ),
    "F14": Row(
        "The disk is full (SQLite)",
        "503, reads go on, nothing lost, saved again when there is space",
        ("faults/test_no_space.py::test_a_full_disk_refuses_saves_and_shows_pages",),
    ),
    "F15": Row(
        "The disk is full (PostgreSQL)",
        "503; nothing lost after a restart",
        missing="by no test, as mounting needs root: python -m tests.faults.full_volume shows it",
    ),
    "F16": Row(
        "Fifty write at once on SQLite",
        "nobody sees an error",
        (RACES + "test_fifty_people_save_at_once_and_nobody_sees_an_error",),
    ),
    "F17": Row(
        "A release during live attempts",
        "no failed save, old pages go on",
        (
            STRUCK,
            "look/test_style_sheets.py::test_pages_of_an_earlier_version_still_find_their_sheet",
        ),
        missing="an earlier version's code: python -m tests.faults.upgraded runs it, given one",
    ),
    "F18": Row(
        "A migration during live attempts",
        "no page fails",
        (
            "training/statements/test_compiled_once.py::"
            "test_a_migration_while_the_site_runs_costs_no_page",
            PREPARE + "test_a_change_steps_back_from_a_table_in_use_and_says_what_to_do",
            PREPARE + "test_it_is_made_as_soon_as_the_table_is_free",
        ),
        missing="a migration beside writers: python -m tests.faults.upgraded, given a version",
    ),
    "F19": Row(
        "A question is edited during an attempt",
        "asked and marked as it was begun",
        (
            TAKEN + "test_a_running_attempt_is_finished_and_marked_as_it_was_begun",
            "training/flows/test_starting_a_quiz.py::"
            "test_a_question_edited_in_mid_attempt_changes_nothing_in_it",
        ),
    ),
    "F20": Row(
        "A quiz or lesson is removed, a trainee moved",
        "the attempt is finished, its result shows",
        (
            TAKEN + "test_it_is_shown_byte_for_byte_after_every_question_was_edited_and_taken_out",
            "training/flows/test_at_once.py::"
            "test_a_cohort_that_moves_while_its_people_work_has_their_rows_right",
        ),
    ),
    "F21": Row(
        "The session ends in mid-quiz",
        "signed in again in place, nothing lost",
        (LINE + "test_signed_out_in_the_middle_thea_signs_in_where_she_is",),
    ),
    "F22": Row(
        "A save and the hand-in at once",
        "it counts or is marked late",
        (
            RACES + "test_a_save_beside_the_hand_in_counts_or_is_marked_late",
            RACES + "test_many_saves_meet_their_hand_in_and_none_is_late_without_a_mark",
        ),
    ),
    "F23": Row("Two sweepers and the trainees' clicks", "each marked once", (STRUCK,)),
    "F24": Row(
        "A crash between closing and marking",
        "open and ungraded, closed once by the next look",
        (
            "training/flows/test_handing_in.py::"
            "test_a_crash_in_the_middle_leaves_the_attempt_open_and_ungraded",
        ),
    ),
    "F25": Row(
        "A correction while attempts are open",
        "no answer changed, everybody reached",
        (
            "races/test_corrections_at_once.py::"
            "test_an_approval_beside_hand_ins_reaches_everybody_or_is_asked_for_again",
            "training/flows/test_correcting.py::"
            "test_who_hands_in_later_is_marked_as_corrected_and_keeps_both_grades",
        ),
    ),
    "F26": Row(
        "Backup and restore",
        "the copy equals the source",
        (
            STRUCK,
            BACKUP + "test_a_copy_is_a_database_of_its_own",
            BACKUP + "test_what_stands_already_is_left_alone",
            BACKUP + "test_a_copy_that_fails_leaves_nothing_behind",
        ),
        missing="a point in time to the second is PostgreSQL's own, and the operator's to set up",
    ),
    "F27": Row(
        "Power loss",
        "no acknowledged commit lost",
        (CONFIG + "test_checks.py::test_sqlite_that_would_lose_writes_is_told",),
        missing="only the settings are looked at: power cannot be cut in a test",
    ),
    "F28": Row(
        "The cache is gone",
        "no save fails",
        ("faults/test_no_cache.py::test_a_quiz_is_taken_without_a_cache",),
    ),
    "F29": Row(
        "The store of media is gone",
        "text works",
        missing="there is none: figures are drawn from the text of their lesson",
    ),
    "F30": Row(
        "A mail server never answers",
        "no page waits",
        ("training/mail/test_outbox.py::test_a_mail_server_that_never_answers_holds_up_no_page",),
    ),
    "F31": Row(
        "500 slow or half-sent requests",
        "others are served",
        (RACES + "test_five_hundred_requests_that_never_end_keep_nobody_waiting",),
        missing="half-sent forms hold a thread each without the proxy of README (decision 0045)",
    ),
    "F32": Row(
        "The audit trail cannot be written",
        "the act fails",
        (
            "training/author/test_delivery.py::"
            "test_publishing_is_undone_where_the_audit_trail_cannot_be_written",
            "training/audit/test_seals.py::test_an_entry_is_gone_with_the_act_that_failed",
            TRAIL + "test_without_a_trail_nothing_starts_or_ends_and_answers_are_saved",
            TRAIL
            + "test_where_exams_come_first_a_quiz_is_taken_and_each_missing_entry_is_an_alarm",
            TRAIL + "test_where_exams_come_first_what_staff_do_still_fails",
            TRAIL + "test_where_the_entry_takes_the_act_with_it_nobody_is_told_that_it_stands",
        ),
    ),
    "F33": Row(
        "A browser without scripts",
        "everything can be done",
        (
            "journeys/trainee/test_quiz.py::test_a_quiz_is_taken_without_scripts",
            "training/learn/test_whole_run.py::test_a_course_is_taken_without_scripts",
        ),
    ),
    "F34": Row(
        "Summer time begins during a window",
        "no minute gained or lost",
        (
            "training/attempts/test_windows.py::"
            "test_a_window_over_the_change_of_the_clock_is_as_long_as_the_hours_that_pass",
        ),
    ),
    "F35": Row(
        "Publishing is interrupted at any step",
        "all or nothing",
        (
            "curriculum/publishing/test_publishing.py::"
            "test_an_interruption_at_any_step_leaves_nothing_behind",
            "faults/test_interrupted.py::"
            "test_publishing_killed_at_any_statement_leaves_nothing_behind",
        ),
    ),
    "F36": Row(
        "A new SECRET_KEY on the day",
        "nobody signed out",
        (
            CONFIG + "test_environment.py::"
            "test_a_new_key_signs_nobody_out_while_the_old_one_is_named",
        ),
    ),
}
