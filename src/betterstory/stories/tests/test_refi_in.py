"""Reading codebooks kindly, from any program, and opening nothing that asks for more than itself."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.stories.exchange import refi_in, refi_out, zips
from betterstory.stories.exchange.project import Code, lasting_id, paths
from betterstory.stories.exchange.refi_in import NotACodebook, Read, read
from betterstory.stories.exchange.zips import NotSafe
from betterstory.stories.tests.test_refi_out import DATA, TEXT, project_of, with_schemas

LINES = ("Siobha\u0301n said",)
HEAD = '<?xml version="1.0" encoding="utf-8"?>'
ONE = "5215cc69-b628-4e02-afb9-9beeaee55808"
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)


def book(inside: str, namespace: str = "urn:QDA-XML:codebook:1.0") -> bytes:
    return f'{HEAD}<CodeBook xmlns="{namespace}"><Codes>{inside}</Codes><Sets/></CodeBook>'.encode()


def listed(found: Read) -> list[tuple[str, str, str]]:
    return [(path, code.description, code.colour) for path, code in paths(found.codes)]


@pytest.mark.parametrize(
    ("inside", "codes"),
    [
        (f'<Code guid="{ONE}" name="a" isCodable="true"/>', [("a", "", "")]),
        (f'<Code guid="{{{ONE}}}" name="a" isCodable="1"/>', [("a", "", "")]),  # an id in braces
        ('<Code name="a"><Description>why</Description></Code>', [("a", "why", "")]),  # as a part
        ('<Code name="a" description="why"/>', [("a", "why", "")]),  # and as an attribute
        ('<Code name="a" color="#f80"/>', [("a", "", "#FF8800")]),
        ('<Code name="a" color="red"/>', [("a", "", "")]),  # no colour we know
        ('<Code name="a"><Code name="b"/></Code>', [("a", "", ""), ("a.b", "", "")]),
        ('<Code name="a"/><Code name="A"/><Code name=""/>', [("a", "", "")]),  # twice, and without a name
        ("<Code name='caf\u00e9 &amp; &lt;tea&gt;'/>", [("café & <tea>", "", "")]),
    ],
)
@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", ""])
def test_what_programs_write(inside: str, codes: list[tuple[str, str, str]], namespace: str) -> None:
    assert listed(read(book(inside, namespace))) == codes


def test_what_is_left_out_is_counted() -> None:
    inside = '<Code name="a" weight="3"><NoteRef targetGUID="x"/></Code><Code name="a"/><Code/>'
    sets = '<Sets><Set guid="y" name="s"/></Sets>'
    found = read(book(inside).replace(b"<Sets/>", sets.encode()))
    assert found.dropped == {
        "notes": 1,
        "other facts of codes": 1,
        "codes of the same name": 1,
        "codes without a name": 1,
        "sets": 1,
    }


def test_of_a_project_only_its_codebook_is_read() -> None:
    found = read(refi_out.qdpx(project_of(TEXT, LINES)))
    assert [path for path, _code in paths(found.codes)] == ["gaps", "gaps.a wait"]
    assert found.dropped["sources"] == 1


BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY c "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no-xml"),
        (b"not xml", "no-xml"),
        (b"<a><b></a>", "no-xml"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "no-xml"),
        (b"<Other/>", "no-codebook"),
        (book(""), "no-codes"),
        (book('<Code name="&c;"/>').replace(HEAD.encode(), BOMB.encode()), "entities"),
        (
            book('<Code name="a"><Description>&a;</Description></Code>').replace(
                HEAD.encode(), OUTSIDE.encode()
            ),
            "entities",
        ),
        (b"<!DOCTYPE CodeBook>" + book('<Code name="a"/>').removeprefix(HEAD.encode()), "entities"),
        (book('<Code name="a">' * 21 + "</Code>" * 21), "too-many-codes"),
        (book("".join(f'<Code name="{n}"/>' for n in range(2001))), "too-many-codes"),
    ],
)
def test_what_is_not_opened(data: bytes, why: str) -> None:
    with pytest.raises(NotACodebook) as told:
        read(data)
    assert told.value.code == why


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refi_in, "MOST_XML", 50)
    with pytest.raises(NotACodebook, match="too-large"):
        read(book('<Code name="a"/>'))


def packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return held.getvalue()


GOOD = book('<Code name="a"/>')


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"other.txt": b""}, "no-such-file"),
        ({"project.qde": GOOD, "../out.txt": b"x"}, "a-way-out"),
        ({"project.qde": GOOD, "sources\\..\\..\\out.txt": b"x"}, "a-way-out"),
        ({"project.qde": GOOD, "/etc/x": b"x"}, "a-way-out"),
        ({"project.qde": GOOD, "C:x": b"x"}, "a-way-out"),
        ({"project.qde": GOOD, "more.zip": b"x"}, "a-zip-in-it"),
        ({"project.qde": packed({"a": b"b"})}, "a-zip-in-it"),
        ({"project.qde": GOOD} | {f"{n}.txt": b"" for n in range(200)}, "too-many-files"),
        ({"project.qde": b" " * 51_000_000}, "too-large"),
    ],
)
def test_a_zip_that_is_not_opened(files: dict[str, bytes], why: str) -> None:
    with pytest.raises(NotSafe) as told:
        read(packed(files))
    assert told.value.code == why


def test_a_zip_that_lies_about_its_size_is_counted_as_it_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({"project.qde": b" " * 5000})
    monkeypatch.setattr(zips, "MOST_BYTES", 1000)
    monkeypatch.setattr(zips, "_look_at", lambda _entries: None)  # as if it had said less
    with pytest.raises(NotSafe, match="too-large"):
        read(data)


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_zip_is_refused_or_read_and_never_breaks(place: int, byte: int) -> None:
    data = bytearray(packed({"project.qde": GOOD}))
    data[place % len(data)] = byte
    with suppress(NotSafe, NotACodebook):
        read(bytes(data))


@given(st.dictionaries(NAMES, NAMES, max_size=4))
def test_what_we_write_we_read(told: dict[str, str]) -> None:
    codes = tuple(
        Code(lasting_id(name), name, description, "#0072B2")
        for name, description in {name.casefold(): (name, words) for name, words in told.items()}.values()
    )
    if not codes:
        return
    assert read(refi_out.codebook(codes)).codes == codes


@pytest.mark.real_data
@with_schemas
@pytest.mark.parametrize(
    ("name", "many", "described"),
    [
        ("gaps-and-kindnesses.qdc", 5, 4),
        ("spec-example-empty-sets.qdc", 6, 4),
        ("taguette-1.5.2-export.qdc", 5, 0),
        ("story-a.qdpx", 5, 4),
    ],
)
def test_codebooks_that_other_programs_wrote(name: str, many: int, described: int) -> None:
    found = listed(read(Path(DATA / name).read_bytes()))
    assert (len(found), sum(1 for _path, words, _colour in found if words)) == (many, described)


def test_an_id_used_twice_is_given_once() -> None:
    inside = f'<Code guid="{ONE}" name="a"/><Code guid="{ONE}" name="b"/><Code guid="no id" name="c"/>'
    ids = [code.guid for code in read(book(inside)).codes]
    assert ids[0] == UUID(ONE)
    assert len(set(ids)) == 3
