"""One event with everything that is needed to word it: its rows, the numbers of its sources, language and
zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from timeline_app.base.text import Texts, catalogue
from timeline_app.domain import claims
from timeline_app.domain.records import Event, Question, Words
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel.answer_words import Manner

_ASIDE = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, eq=False)
class Case:
    """The rows of one event as the detail document reads them."""

    event: Event
    dataset: Dataset
    language: str
    axis_zone: str

    @cached_property
    def texts(self) -> Texts:
        """The catalogue of the reader's language."""
        return catalogue(self.language)

    @cached_property
    def manner(self) -> Manner:
        """How answers are said here."""
        return Manner(self.texts, self.axis_zone, self.event.when.zone, self._word)

    def rows(self, table: str) -> tuple:
        """The event's rows of a table."""
        return self.dataset.of_event(table, self.event.id)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Its questions, and one without label for each that only an answer names."""
        stated = {question.name: question for question in self.rows("questions")}
        named = [row.question for table in ("claims", "derived") for row in self.rows(table)]
        unstated = [name for name in dict.fromkeys(named) if name not in stated]
        return (
            *stated.values(),
            *(Question(self.event.id, name, Words(name), exclusive=False) for name in unstated),
        )

    @cached_property
    def disputes(self) -> tuple[claims.Dispute, ...]:
        """Its disputed questions."""
        zones = {self.event.id: self.event.when.zone}
        return claims.disputes(self.questions, self.rows("claims"), zones, self.rows("derived"))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each source: the event's own list first, then as its rows name them."""
        named = [row.source_id for table in ("claims", "quotes", "posts") for row in self.rows(table)]
        named += [source for row in self.rows("derived") for source in row.computed_from]
        ids = dict.fromkeys(source for source in (*self.event.source_ids, *named) if source)
        return {source: number for number, source in enumerate(ids, 1)}

    def names(self, source_ids: tuple[str, ...]) -> str:
        """Sources by their short names, in one line."""
        return self.texts.get("detail.list_separator").join(map(self.name, source_ids))

    def name(self, source_id: str) -> str:
        """What readers call a source: "El Financiero", without the remark in brackets."""
        source = self.dataset.sources.get(source_id)
        return _ASIDE.sub("", source.name) or source.name if source else source_id

    def term(self, family: str, key: str) -> str:
        """The catalogue's word for a key of a closed list, the key itself (with spaces) where it has none."""
        name = f"detail.{family}.{key}"
        return self.texts.get(name) if self.texts.has(name) else key.replace("_", " ")

    def _word(self, table: str, key: str) -> str:
        return self.dataset.meta.word(table, key).say(self.language)
