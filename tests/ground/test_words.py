"""No committed text names the machine it was written on: no folder of somebody's disk, no package index."""

from __future__ import annotations

import re

from ground import tree

# In pieces, so that this file does not contain what it looks for.
FOLDERS = r"(?<![\w.~:/-])/(" + "root|home|work|opt|tmp)/"
HOSTS = r"files\.python" + r"hosted|py" + r"pi\.org/simple|registry\.npm" + "js|--(extra-)?index" + "-url"
PATTERN = re.compile(f"{FOLDERS}|{HOSTS}")


def test_that_no_text_file_names_the_machine_it_was_written_on():
    found = [
        f"{name}:{number} {match[0]}"
        for name, text in tree.texts()
        for number, line in enumerate(text.splitlines(), 1)
        if (match := PATTERN.search(line))
    ]
    assert found == []
