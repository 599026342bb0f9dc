"""Behind a pooler that gives each transaction another connection, the site does its whole job."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import pooler, postgres, serving
from tests.paper import answer_form
from tests.races.conftest import Site
from tests.scene import PASSWORD
from tests.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.pooler]
TRAINEES = 12
QUESTIONS = 10
# After five runs a statement would be prepared, and ten later it would be planned once.
ROUNDS = 20
OK, SEE_OTHER = 200, 303


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with postgres.cluster(fsync=False) as cluster, pooler.pooled(cluster) as url:
        env = serving.environment(
            tmp_path_factory.mktemp("site"), url, CHANCERY_TRANSACTION_POOLER="on"
        )
        # What restores a database sets the connection up for itself, which a pooler refuses.
        serving.prepare(env | {"DATABASE_URL": cluster.url()})
        scene = json.loads(
            serving.run(env, "-m", "tests.scene", "make", str(TRAINEES), str(TRAINEES))
        )
        with serving.served(env) as port:
            site = Site(port, env, scene)
            yield site
            site.close()


def takes_the_quiz(site, name, visitor):
    """Start, every question, hand in, result; gives what was answered otherwise than expected."""
    begun = visitor.post(site.start_of(name))
    found = [begun.status == SEE_OTHER]
    home = begun.location.removesuffix("1/")
    for position in range(1, QUESTIONS + 1):
        page = visitor.get(f"{home}{position}/")
        saved = visitor.post(f"{home}{position}/", answer_form(page.text).filled())
        found += [page.status == OK, saved.status == SEE_OTHER]
    found.append(visitor.post(f"{home}hand-in/").status == SEE_OTHER)
    found.append(visitor.get(f"{home}result/").status == OK)
    return all(found)


def test_many_take_a_quiz_at_once_and_every_answer_is_there(site):
    people = [site.next_trainee() for _ in range(TRAINEES)]
    with ThreadPoolExecutor(TRAINEES) as pool:
        done = [pool.submit(takes_the_quiz, site, *one) for one in people]
        assert all(one.result() for one in done)
    for name, _visitor in people:
        found = site.count(name)
        assert (found["attempts"], found["responses"], found["grades"]) == (1, 10, 10)


def test_pages_and_a_streamed_file_come_again_and_again(site):
    teacher = Visitor(site.port)
    site.visitors.append(teacher)
    teacher.sign_in("ines", PASSWORD)
    cohort = f"/teach/cohorts/{site.scene['cohort']}/"
    for _ in range(ROUNDS):
        assert teacher.get("/teach/").status == OK
        assert teacher.get(cohort).status == OK
        lines = teacher.get(f"{cohort}cohort.csv").text.splitlines()
        assert len(lines) == 1 + TRAINEES
