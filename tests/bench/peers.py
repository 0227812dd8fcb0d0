"""The same events in vis-timeline and in TimelineJS3, in Debian's Chromium without a window, and here: how long until
the first complete picture stands, and how long a step of the zoom takes. What is equal and what is not it prints.

The npm packages are looked for in the folder that PEERS names; `--make-peers` fills it with npm. Chromium is Debian's
package `chromium`. Arguments: --events, how many (several times); --runs; --wait, for how many seconds a peer is
waited for (vis-timeline takes about ten minutes to stack 10,000 events, and then some seconds a step).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import browser
import frames
import harness
import made_events

SCREEN = True
PACKAGES = ("vis-timeline@8", "vis-data@8", "@knight-lab/timelinejs@3")
COUNTS, RUNS, STEPS = (1_000, 10_000), 5, 6
WAIT_S = 120.0
SIZE = frames.SIZE
START_MS, END_MS = 1_577_836_800_000, 1_598_918_400_000  # January to August 2020
SAID = f"""Equal: machine, session, turns; events, titles, eight groups, first and last instant in view, size in px;
{STEPS} steps in and {STEPS} out at the middle, by 1.2, without animation; data in memory, code loaded.
Not equal: a page is measured up to the second frame after its last change, at sixty frames a second, so that no step
is shorter than that of an unchanged page. Here it is up to the flushed frame, which may show the last picture
stretched, and, apart from it, up to the exact picture.
As it comes, vis-timeline draws every event and makes the page so high that it has to be scrolled; in a fixed height it
draws only what fits. Here all lanes are in view, and what would be too dense is counted. Here are also an overview, a
status line, and dates with their doubt. TimelineJS3 has steps of its own (by 1.3 to 2), one kind of mark for moment
and span, and a slide for each event.
A ratio of 0.1 is ten times as fast.
"""
TIGHT = {"height": "100%", "verticalScroll": True}


@dataclass(frozen=True, slots=True)
class Peer:
    """A page that shows events, and the options that it gives its library."""

    name: str
    page: str
    options: dict = field(default_factory=dict)


PEERS = (Peer("vis-timeline as it comes", "vis"), Peer("vis-timeline in a fixed height", "vis", TIGHT),
         Peer("vis-timeline with its clusters", "vis", {"cluster": {"maxItems": 5}}),
         Peer("TimelineJS3", "timelinejs"))


@dataclass(slots=True)
class Found:
    """The figures of one contestant at one number of events, a row a run; `late` says where it gave up."""

    load: list[float] = field(default_factory=list)
    step: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    still: list[float] = field(default_factory=list)
    marks: int = 0
    late: str = ""


def told(events: Iterable) -> list[dict]:
    """The events as the pages take them; what is known to an hour or finer is a moment there."""
    found = []
    for event in events:
        start, end = event.when.earliest_start, event.when.latest_end
        moment = end - start <= 3_600_000
        found.append({"id": event.id, "kind": event.kind, "title": event.title.text, "start": start,
                      "end": start if moment else end})
    return found


def windows() -> list[tuple[float, int, int]]:
    """(factor, start, end) of each step, ms."""
    middle, length, found = (START_MS + END_MS) / 2, float(END_MS - START_MS), []
    for factor in [1.2] * STEPS + [1 / 1.2] * STEPS:
        length /= factor
        found.append((factor, round(middle - length / 2), round(middle + length / 2)))
    return found


def theirs(peer: Peer, events: list[dict], found: Found, wait: float) -> None:
    """One run of a peer in a browser of its own. Who is too late is not asked again."""
    with tempfile.TemporaryDirectory() as place:
        page = Path(place, "page.html")
        source = Path(__file__).parent / "pages" / f"{peer.page}.html"
        page.write_text(source.read_text(encoding="utf-8").replace("{modules}", modules().as_uri()), encoding="utf-8")
        with browser.Browser(Path(place, "profile"), SIZE) as asked:
            asked.visit(page)
            given = {"events": events, "groups": made_events.KINDS, "start": START_MS, "end": END_MS,
                     "options": peer.options}
            try:
                found.load.append(asked.ask(f"load({json.dumps(given)})", wait))
                found.still.append(asked.ask("still()"))
                found.marks = asked.ask("drawn()")
                found.step.append(steps_of(asked, wait))
            except browser.TooLate:
                found.late = "no step" if len(found.load) > len(found.step) else "not drawn"
                found.late += f" after {wait:.0f} s"


def steps_of(asked: browser.Browser, wait: float) -> float:
    """The median ms of a step, of as many as there is time for."""
    taken, until = [], perf_counter() + wait
    for factor, start, end in windows():
        taken.append(asked.ask(f"step({json.dumps({'factor': factor, 'start': start, 'end': end})})", wait))
        if perf_counter() > until:
            break
    return statistics.median(taken)


def ours(events: tuple, found: Found) -> None:
    """One run here, with a dataset and a window of its own."""
    from timeline_app.viewmodel.window import Window

    dataset = made_events.dataset(events)
    began = perf_counter()
    bench = frames.Bench(dataset)
    bench.exact()
    found.load.append((perf_counter() - began) * 1000)
    bench.show(Window(START_MS * 1000, END_MS * 1000))
    flushed, exact = [], []
    for factor, _, _ in windows():
        flushed.append(bench.wheel(1 if factor > 1 else -1, 0.5, False))
        exact.append(flushed[-1] + bench.exact())
    found.step.append(statistics.median(flushed))
    found.exact.append(statistics.median(exact))
    bench.window.close()
    bench.window.deleteLater()


def measured(count: int, runs: int, wait: float) -> dict[str, Found]:
    """Everybody's figures, in turns; ours are under ""."""
    events = made_events.events(count, START_MS, END_MS)
    pages, found = told(events), {"": Found(), **{peer.name: Found() for peer in PEERS}}
    ours(events, Found())  # the first window loads what the others have
    for _ in range(runs):
        ours(events, found[""])
        for peer in PEERS:
            if not found[peer.name].late:
                theirs(peer, pages, found[peer.name], wait)
    return found


def rows_of(count: int, found: dict[str, Found]) -> Iterable[harness.Row]:
    here = found.pop("")
    for name, there in found.items():
        runs = len(there.step)
        for what, value, peer in (("load", here.load, there.load), ("step, flushed", here.step, there.step),
                                  ("step, exact", here.exact, there.step)):
            figure = statistics.median(peer) if peer and not there.late else there.late
            yield harness.Row(f"{count:,} events, {what}; {name}", statistics.median(value), "ms", figure, runs)
        if there.still:
            yield harness.Row(f"{count:,} events: {name}, {there.marks:,} marks; two frames of the unchanged page",
                              statistics.median(there.still), "ms", runs=len(there.still))


def modules() -> Path:
    """Where the packages of the peers are."""
    folder = Path(os.environ.get("PEERS", "")).resolve() / "node_modules"
    if "PEERS" not in os.environ or not (folder / "vis-timeline").is_dir():
        raise SystemExit("PEERS must name a folder with the npm packages; --make-peers fills it.")
    return folder


def make_peers() -> None:
    folder = os.environ.get("PEERS")
    if not folder:
        raise SystemExit("PEERS must name a folder for the npm packages.")
    Path(folder).mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, *PACKAGES], check=True)


def rows(arguments: list[str]) -> Iterable[harness.Row]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, action="append", help="how many; can be given several times")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--wait", type=float, default=WAIT_S, metavar="SECONDS")
    parser.add_argument("--make-peers", action="store_true")
    given = parser.parse_args(arguments)
    if given.make_peers:
        make_peers()
    modules()
    print(SAID)
    yield from harness.calibrate()
    for count in given.events or COUNTS:
        yield from rows_of(count, measured(count, given.runs, given.wait))


if __name__ == "__main__":
    sys.exit(harness.main(rows, sys.argv[1:]))
