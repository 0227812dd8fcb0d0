"""Tables as rows: one bad row never loses the others, and every refusal has its line."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.engine.tables import COLUMN_LIMIT, FIELD_LIMIT, LINE_LIMIT, Table, read_table, with_own_ids


def read(text: str | bytes) -> tuple[Table, list[tuple[str, int]]]:
    problems = []
    table = read_table(text if isinstance(text, bytes) else text.encode(), "t.csv", problems)
    return table, [(one.code, one.line) for one in problems]


def cells(table: Table) -> list[list[str]]:
    return [[row.text(column) for column in table.header.columns] for row in table.rows]


def test_that_a_row_knows_the_line_it_begins_on():
    table, problems = read('a,b\n1,"two\nlines"\n\n3,4\n')
    assert problems == []
    assert [(row.line, row.text("b")) for row in table.rows] == [(2, "two\nlines"), (5, "4")]


def test_that_windows_line_ends_and_a_mark_at_the_start_change_nothing():
    assert cells(read(b"\xef\xbb\xbfa,b\r\n1,2\r\n")[0]) == [["1", "2"]]


def test_that_utf_16_with_its_mark_is_read():
    assert cells(read("a,b\n한,2\n".encode("utf-16"))[0]) == [["한", "2"]]


def test_that_a_missing_column_reads_as_empty_and_a_short_row_is_filled():
    table, problems = read("a,b,c\n1\n")
    assert problems == []
    assert table.rows[0].text("c") == table.rows[0].text("nothing") == ""


def test_that_a_list_cell_is_split_and_its_empty_members_go():
    assert read("a\n x | |y\n")[0].rows[0].items("a") == ("x", "y")


def test_that_one_unclosed_quote_costs_one_row_of_five_thousand():
    lines = ["id,title,edtf,kind,place", *(f"e{n},title {n},2020,other,here" for n in range(5_000))]
    lines[3] = 'e2,"title 2,2020,other,here'
    table, problems = read("\n".join(lines))
    assert problems == [("unclosed_quote", 4)]
    assert len(table.rows) == 4_999


def test_that_an_unclosed_quote_is_found_when_the_next_rows_have_quotes_too():
    table, problems = read('id,title,edtf\na,"one, two,2020\nb,"three, four",2020\nc,"five, six",2021\n')
    assert problems == [("unclosed_quote", 2)]
    assert [row.text("id") for row in table.rows] == ["b", "c"]


def test_that_rows_swallowed_without_any_later_quote_come_back():
    table, problems = read('id,title,edtf\na,"one,2020\nb,two,2020\nc,three,2021\n')
    assert problems == [("unclosed_quote", 2)]
    assert [row.text("id") for row in table.rows] == ["b", "c"]


def test_that_a_quote_that_closes_far_below_does_not_hide_rows():
    table, problems = read('id,title,edtf,kind,x\na,"one,2020,k,1\nb,two,2020,k,1\nc,three,2020,k,"\nd,four,2020,k,1\n')
    assert problems[0] == ("unclosed_quote", 2)
    assert {"b", "d"} <= {row.text("id") for row in table.rows}


def test_that_the_cell_of_the_open_quote_is_named():
    problems = []
    read_table(b'id,title,edtf\na,b,"c\n', "t.csv", problems)
    assert (problems[0].line, problems[0].column) == (2, 3)


def test_that_a_text_of_several_lines_with_commas_is_no_unclosed_quote():
    text = 'id,text,note\na,"first, line\nsecond, line\nthird",x\n'
    table, problems = read(text)
    assert problems == []
    assert table.rows[0].text("text").count("\n") == 2


def test_that_a_cell_of_two_megabytes_is_refused_with_its_place():
    long = "x" * (2 * FIELD_LIMIT)
    problems = []
    table = read_table(f"a,b\n1,{long}\n3,4\n".encode(), "t.csv", problems)
    assert [(one.code, one.line, one.column) for one in problems] == [("field_too_long", 2, 2)]
    assert cells(table) == [["3", "4"]]


def test_that_a_line_beyond_all_measure_is_refused():
    table, problems = read("a\n" + "y" * (LINE_LIMIT + 1) + "\nz\n")
    assert problems == [("line_too_long", 2)]
    assert cells(table) == [["z"]]


def test_that_a_hundred_thousand_columns_are_one_problem():
    table, problems = read("c," * 100_000 + "\n1,2\n")
    assert problems == [("too_many_columns", 1)]
    assert table.rows == ()
    assert len(read(",".join(f"c{n}" for n in range(COLUMN_LIMIT)))[0].header.columns) == COLUMN_LIMIT


def test_that_a_row_with_too_many_cells_is_refused_but_empty_ones_are_not_counted():
    table, problems = read("a,b\n1,2,3\n4,5,,\n")
    assert problems == [("too_many_cells", 2)]
    assert cells(table) == [["4", "5"]]


def test_that_a_column_that_stands_twice_is_reported_and_read_once():
    table, problems = read("a,b,a\n1,2,3\n")
    assert problems == [("column_twice", 1)]
    assert table.rows[0].text("a") == "1"


def test_that_a_table_with_semicolons_says_so():
    assert read("id;title\n1;2\n")[1] == [("other_separator", 1)]


def test_that_control_characters_go_and_are_told():
    table, problems = read("a,b\n1,2\x00\x1b[31m\n")
    assert problems == [("control_characters", 2)]
    assert cells(table) == [["1", "2[31m"]]


def test_that_korean_bytes_of_an_older_encoding_are_named_and_not_guessed():
    problems = []
    data = b"id,title\na,plain\n" + "b,광장\n".encode("cp949")
    table = read_table(data, "t.csv", problems)
    assert [(one.code, one.line, one.arguments["fitting"]) for one in problems] == [("other_encoding", 3, "cp949")]
    assert cells(table)[0] == ["a", "plain"]
    assert "\ufffd" in cells(table)[1][1]


def test_that_an_empty_file_is_a_table_without_a_header():
    for text in ("", "\n\n", "\ufeff", " , \n1,2\n"):
        assert read(text)[1] == [("no_header", 1)]


def test_that_reading_stops_after_a_hundred_refusals():
    table, problems = read("a,b\n" + '"x"y,1\n' * 1_000)
    assert len(problems) == 101
    assert problems[-1][0] == "too_many_refusals"


def test_that_of_two_rows_with_one_id_the_first_stays():
    problems = []
    table = with_own_ids(read_table(b"id,b\nx,1\nx,2\n,3\n", "t.csv", problems), problems)
    assert [(one.code, one.line) for one in problems] == [("id_twice", 3), ("no_id", 4)]
    assert [row.text("b") for row in table.rows] == ["1"]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), min_size=3, max_size=3),
                max_size=5))
def test_that_what_a_csv_writer_writes_is_read_as_it_was(rows):
    kept = [[cell.strip() for cell in row] for row in rows if any(row)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["a", "b", "c"], *kept])
    table, problems = read(out.getvalue())
    assert problems == []
    assert cells(table) == [row for row in kept if any(row)]


@given(st.binary(max_size=300))
@example(b'a,"')
@example(b'"\n"\n"')
def test_that_no_bytes_raise(data):
    problems = []
    table = read_table(data, "t.csv", problems)
    for row in table.rows:
        for column in table.header.columns:
            row.text(column).encode()


@given(st.lists(st.sampled_from(['"', ",", "\n", "a", '""', "b,c\n"]), max_size=60).map("".join))
@example('"a\n",a')
def test_that_no_line_with_a_record_is_lost_without_a_word(text):
    """Every line is in a row, blank, or in a refused record: quotes can hide nothing."""
    problems = []
    data = ("h,i\n" + text).encode()
    table = read_table(data, "t.csv", problems)
    spoken = len(table.rows) + len(problems) + sum(cell.count("\n") for row in table.rows for cell in row.cells)
    filled = [line for line in text.split("\n") if line.strip(',"')]
    assert spoken >= min(len(filled), 100)
