"""What a worker has done before its first page."""

import json

from tests import serving

TOLD = """import gc, json, sys
import training.config.wsgi
print(json.dumps([gc.get_freeze_count(), sorted(sys.modules)]))
"""


def test_everything_is_loaded_and_left_out_of_the_search_for_garbage(tmp_path):
    frozen, loaded = json.loads(serving.run(serving.environment(tmp_path), "-c", TOLD))
    assert frozen > 50_000
    assert {"training.learn.views.question", "training.oversee.views.units"} <= {*loaded}
