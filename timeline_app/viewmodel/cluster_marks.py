"""How a cluster looks: its number on a box from its first event to its last, and what its events are beside it. Which
events are clusters is decided in `clusters`, where they go in `event_marks`.
"""
from __future__ import annotations

from dataclasses import dataclass
from math import log1p

from timeline_app.base.text import Texts
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import layout, wording
from timeline_app.viewmodel.clusters import Cluster, Grouped, index_of
from timeline_app.viewmodel.makeup import listed, made_of, wordings
from timeline_app.viewmodel.picture import SPACE, Item, Label, LaneRequest, ManyItems, Run, Stack, widened
from timeline_app.viewmodel.window import TimeScale

FIGURE_PX, WORDS_PX = 12, 12
INSIDE = 6.0  # px between the number and either end of its box
HEIGHT = 19.0
MOST_SAID = 6
SHY = 0.1  # px: boxes of neighbouring cells stand in one row


@dataclass(frozen=True, slots=True, eq=False)
class ClusterMark:
    """How one cluster wants to look: its number, `share` as full as the fullest of its lane, and `words` for what its
    events are, from the longest to the shortest. `wide` and `widths` are px."""

    cluster: Cluster
    figure: Run
    share: float
    words: tuple[Run, ...]
    wide: float
    widths: tuple[float, ...]

    @property
    def least(self) -> float:
        """How wide its box is at least."""
        return self.wide + 2 * INSIDE

    def fitting(self, room: float) -> int:
        """Which words fit beside the number into a box; the number of words where none do."""
        left = room - self.least - SPACE
        return next((n for n, wide in enumerate(self.widths) if wide <= left), len(self.words))


def of(found: Grouped, request: LaneRequest) -> list[ClusterMark]:
    """A mark for each cluster of a lane."""
    most = log1p(max((one.count for one in found.clusters), default=0))
    return [_mark(one, request, log1p(one.count) / most) for one in found.clusters]


def _mark(cluster: Cluster, request: LaneRequest, share: float) -> ClusterMark:
    figure = Run(figure_text(cluster, request.texts), "ink", request.px(FIGURE_PX), "semibold")
    size, index = request.px(WORDS_PX), index_of(request)
    words = wordings(request.dataset, index, cluster.name, request.texts.language)
    return ClusterMark(cluster, figure, share, tuple(Run(one, "muted", size) for one in words),
                       request.measure(figure.text, figure.size, figure.weight),
                       tuple(request.measure(one, size, "regular") for one in words))


def figure_text(cluster: Cluster, texts: Texts) -> str:
    """Its number as it stands on it: how many events, how many besides those that stand beside it, or how many of them
    a search found."""
    if cluster.matched is not None:
        return texts.get("lane.cluster.matched", n=f"{cluster.matched:,}", of=f"{cluster.count + cluster.beside:,}")
    return texts.get("lane.cluster.besides" if cluster.beside else "lane.cluster.count", n=f"{cluster.count:,}")


def piece(key: int, mark: ClusterMark, scale: TimeScale) -> layout.Piece:
    """Its place in a layout: with words beside it where its box has no room for any."""
    left, right = _box(mark, scale)
    inset = layout.GAP / 2 + SHY
    is_roomy = mark.fitting(right - left) < len(mark.words)
    return layout.Piece(key, left + inset, right - inset, () if is_roomy else mark.widths, lines_up=True)


def _box(mark: ClusterMark, scale: TimeScale) -> tuple[float, float]:
    cell = mark.cluster.name.cell
    edges = [scale.x(edge) for edge in (*mark.cluster.reach, cell.start, cell.end)]
    return widened((edges[0], edges[1]), mark.least, (edges[2], edges[3]))


def drawn(mark: ClusterMark, placed: layout.Placed, row: tuple[float, float], item: int, request: LaneRequest
          ) -> tuple[Stack, Label | None]:
    """The box in a row of (middle, height), and its label where there is room for one."""
    (middle, row_height), cluster, scale = row, mark.cluster, request.scale
    height = float(round(min(HEIGHT * request.text_percent / 100, row_height - 2)))
    left, right = _box(mark, scale)
    best = mark.fitting(min(right, scale.width) - max(left, 0.0))
    # on a full box muted words are too faint
    inside = tuple(Run(one.text, "ink", one.size) for one in mark.words[best:best + 1])
    wide = mark.wide + sum(SPACE + one for one in mark.widths[best:best + 1])
    cell = cluster.name.cell.start, cluster.name.cell.end
    top = float(round(middle - height / 2))
    stack = Stack(*cluster.reach, cell, mark.least, top, height, (mark.figure, *inside), wide, mark.share, item,
                  cluster.matched == 0)
    if placed.choice < 0:
        return stack, None
    anchor = cluster.reach[1] if placed.x > right else cluster.reach[0]
    x = scale.x(anchor)
    held = placed.is_held and not 0 <= x <= scale.width
    return stack, Label(None if held else anchor, placed.x if held else placed.x - x,
                        middle + request.px(WORDS_PX) * 0.36, (mark.words[placed.choice],), mark.widths[placed.choice],
                        item, stack.dim)


@dataclass(frozen=True, slots=True, eq=False)
class LaneItems(ManyItems):
    """The items of a lane: those of events, then those of clusters, which are worded when they are asked for."""

    singles: tuple[Item, ...]
    clusters: tuple[Cluster, ...]
    stacks: tuple[Stack, ...]
    request: LaneRequest

    def __len__(self) -> int:
        return len(self.singles) + len(self.clusters)

    def __getitem__(self, number: int) -> Item:
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        number %= len(self)
        return self.singles[number] if number < len(self.singles) else self._cluster(number - len(self.singles))

    def _cluster(self, number: int) -> Item:
        cluster, stack = self.clusters[number], self.stacks[number]
        name = sentence(cluster, self.request)
        return Item("cluster", str(cluster.name), name, (cluster.start, cluster.end, stack.top - 2, stack.height + 4))

    def named(self, selected: str) -> tuple[Item, ...]:
        """The event that a state has selected, or the cluster that is selected or has it in it."""
        found = tuple(one for one in self.singles if one.id == selected and one.kind == "event")
        if found:
            return found
        return tuple(self._cluster(number) for number, one in enumerate(self.clusters)
                     if str(one.name) == selected or _holds(one, selected, self.request.dataset))


def _holds(cluster: Cluster, event_id: str, dataset: Dataset) -> bool:
    event, cell = dataset.event_by_id.get(event_id), cluster.name.cell
    if event is None:
        return False
    start, end = event.when.earliest_start, max(event.when.latest_end, event.when.earliest_start + 1)
    return (cluster.name.shortest < end - start <= cluster.name.longest
            and cell.start <= (start + end) // 2 < cell.end and cluster.start <= start and end <= cluster.end)


def sentence(cluster: Cluster, request: LaneRequest) -> str:
    """What a cluster is, in words: how many events, when, and what they are."""
    said = listed(made_of(request.dataset, index_of(request), cluster.name), request.texts.language, MOST_SAID)
    when = wording.span_text(Span(cluster.start, cluster.end), request.zone, request.texts)
    total = request.texts.count("lane.cluster.events", cluster.count + cluster.beside)
    return request.texts.get("lane.cluster.told" if said else "lane.cluster.said", events=total, when=when, what=said)
