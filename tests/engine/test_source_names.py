"""Names of authors, as they are written where they are from."""

import json

import pytest

from timeline_app.engine.source_list import read_sources


@pytest.mark.parametrize(("author", "name"), [
    ({"family": "김", "given": "미희"}, "김미희"), ({"family": "Kwon", "given": "R. O."}, "R. O. Kwon"),
    ({"family": "山田", "given": "太郎"}, "山田太郎"), ({"family": "Kim", "given": "미희"}, "미희 Kim"),
    ({"literal": "연합뉴스"}, "연합뉴스"), ({"family": "김"}, "김")])
def test_that_a_family_comes_first_in_east_asian_letters_and_last_in_others(author, name):
    problems = []
    data = json.dumps([{"id": "s", "type": "article", "author": [author]}]).encode()
    sources = read_sources(data, "s.json", problems)
    assert (sources["s"].authors, problems) == ((name,), [])
