"""Publishing that is killed (-9) at each of its statements, one after the other (F35).

    python -m tests.faults.interrupted

publishes the tiny course, then changes it and lets a process of its own publish the change and be
killed before its first statement, its second, and so on to the last COMMIT, until one comes
through. Prints, as JSON, at how many statements it was killed and after which of them the database
was not as before. The database is the environment's, and migrated.
"""

from __future__ import annotations

import json
import os
import signal
import traceback

import django

LESSON = "tiny/01-first/01-consent.md"
QUESTION = "tiny/01-first/questions/kind-numeric.md"


def change():
    """The tiny course with a lesson changed and a question taken out."""
    from tests.tiny_course import tiny_files

    files = tiny_files()
    files[LESSON] = files[LESSON].replace("A third", "Another third")
    del files[QUESTION]
    return files


def killed_at(number: int) -> bool:
    """Publish the change in another process, killed before so many statements; False if it ended.

    Raises RuntimeError when publishing failed by itself.
    """
    from django.db import connection

    from curriculum.publishing.actions import Note, publish
    from curriculum.publishing.checking import check
    from tests.tiny_course import PUBLISHED_AT

    connection.close()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if status and not os.WIFSIGNALED(status):
            raise RuntimeError(f"publishing failed by itself: {status}")
        return os.WIFSIGNALED(status)
    left, commit = number, connection._commit

    def count():
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def counted(execute, *told):
        count()
        return execute(*told)

    def counted_commit():
        count()
        return commit()

    # A COMMIT passes no wrapper.
    connection._commit = counted_commit
    try:
        with connection.execute_wrapper(counted):
            publish(check(change()), Note("Another author"), at=PUBLISHED_AT)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(1)


def main() -> dict[str, object]:
    from tests.faults.copied import digests
    from tests.tiny_course import publish_tiny_course

    publish_tiny_course()
    before = digests()
    halves, number = [], 0
    while killed_at(number):
        if digests() != before:
            halves.append(number)
        number += 1
    return {"killed": number, "halves": halves, "published": digests() != before}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))
