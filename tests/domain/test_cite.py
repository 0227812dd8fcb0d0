"""A citation says who, what, where and when, what was only read as a copy, and which titles are
descriptions."""

from __future__ import annotations

from timeline_app.base.text import catalogue
from timeline_app.domain.cite import address, citation, cite_event
from timeline_app.domain.records import Source

EN, KO = catalogue("en"), catalogue("ko")


def test_that_a_citation_names_author_title_container_date_and_address():
    source = Source(
        "s", title="A title", authors=("R. O. Kwon",), container="Vanity Fair", url="https://example.org/a"
    )
    assert citation(source, EN, "7 June 2020") == (
        "R. O. Kwon, “A title”, Vanity Fair, 7 June 2020, https://example.org/a."
    )


def test_that_a_copy_is_cited_as_the_original_with_where_it_was_seen():
    source = Source(
        "s",
        title="A title",
        container="Boston.com",
        url="https://boston.example/a",
        original={"container-title": "The New York Times"},
        seen_as={"container-title": "Boston.com", "URL": "https://boston.example/a"},
    )
    assert citation(source, EN) == (
        "“A title”, The New York Times, seen in Boston.com, https://boston.example/a."
    )
    assert citation(source, KO).endswith("본 곳: Boston.com, https://boston.example/a.")


def test_that_a_described_page_never_looks_like_a_title():
    source = Source("s", title="Report on fans", container="El Financiero", title_is_description=True)
    assert citation(source, EN) == "[Report on fans: description of the page, not its title], El Financiero."


def test_that_many_authors_are_cut_and_few_are_joined():
    assert citation(Source("s", authors=("A", "B", "C")), EN) == "A, B and C."
    assert citation(Source("s", authors=("A", "B", "C", "D")), EN) == "A and others."


def test_that_a_source_without_anything_is_cited_by_its_id():
    assert citation(Source("lost-1"), EN) == "lost-1"


def test_that_a_doi_is_an_address_before_the_url():
    assert address(Source("s", doi="10.1/x", url="https://example.org")) == "https://doi.org/10.1/x"
    assert address(Source("s", doi="https://doi.org/10.1/x")) == "https://doi.org/10.1/x"


def test_that_the_citation_of_an_event_lists_its_sources_by_number():
    text = cite_event("Title", "31 May 2020", "June 2020", ["One.", "Two."], EN)
    assert text == "Title. 31 May 2020. In: June 2020 (dataset).\nSources:\n[1] One.\n[2] Two.\n"
    assert cite_event("Title", "31 May 2020", "D", [], EN).count("\n") == 1
