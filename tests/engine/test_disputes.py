"""The disputes that are computed for june-2020 are those that a person found by reading the claims."""

from __future__ import annotations

import json
from pathlib import Path

from timeline_app.domain.claims import disputes
from timeline_app.engine.dataset import open_dataset

BY_HAND = json.loads(Path(__file__).with_name("june_2020_disputes.json").read_text(encoding="utf-8"))


def found(with_derived=True):
    dataset = open_dataset("june-2020")
    zones = {event.id: event.when.zone for event in dataset.events}
    derived = dataset.derived if with_derived else ()
    return {
        (one.event_id, one.question) for one in disputes(dataset.questions, dataset.claims, zones, derived)
    }


def test_that_computed_disputes_are_those_that_a_person_found():
    assert found() == {(one["event_id"], one["question"]) for one in BY_HAND}


def test_that_only_those_marked_so_rest_on_what_we_compute():
    computed = {(one["event_id"], one["question"]) for one in BY_HAND if one.get("computed")}
    assert found() - found(with_derived=False) == computed
