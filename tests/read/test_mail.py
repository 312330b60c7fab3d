"""Messages: the release in them is found, as the body or attached, and what cannot be taken apart is said."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.read import read
from checker.read.mail import is_mail
from checker.read.mail_parts import parts_of
from tests.examples import examples

LINES = (
    ("Three months ended March 31,", "2013", "2012"),
    ("Revenues", "1,610", "1,530"),
    ("Cost of revenues", "1,170", "1,040"),
)
LINES += (("Gross profit", "440", "490"), ("Operating expenses", "100", "90"), ("Operating income", "340", "400"))
ROWS = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in LINES)
PAGE = f"<html><body><p>Consolidated Statements of Operations (in thousands)</p><table>{ROWS}</table></body></html>"
COVER = "Please find our release attached.\n"
LONG = "Statements of income\n\n" + "".join(f"Line {at}     1,{at}00     2,{at}00\n" for at in range(1, 9))


def message(body: str = COVER, html: str | None = None, **attached: bytes) -> EmailMessage:
    made = EmailMessage(policy=email.policy.default)
    made["From"], made["To"], made["Subject"], made["Message-ID"] = (
        "ir@example.com",
        "press@example.com",
        "Results",
        "<1@example.com>",
    )
    made.set_content(body)
    if html is not None:
        made.add_alternative(html, subtype="html")
    for name, content in attached.items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return made


def names(content: bytes) -> list[str]:
    return [one.name for one in parts_of(content).parts]


def test_a_body_is_a_document_and_of_two_ways_to_say_it_the_page() -> None:
    found = parts_of(message(LONG).as_bytes())
    assert [(one.name, b"1,100" in one.content) for one in found.parts] == [("body.txt", True)]
    found = parts_of(message(COVER, PAGE).as_bytes())
    assert [(one.name, b"<table>" in one.content) for one in found.parts] == [("body.html", True)]


def test_attachments_are_documents_and_words_to_go_with_them_are_not() -> None:
    found = parts_of(message(COVER, release_html=PAGE.encode(), other_csv=b"a,1\n").as_bytes())
    assert [one.name for one in found.parts] == ["release.html", "other.csv"]
    assert [one.code for one in found.problems] == ["R137"]
    assert names(message(LONG, release_html=PAGE.encode()).as_bytes()) == ["body.txt", "release.html"]


def test_pictures_are_said_and_names_are_told_apart() -> None:
    made = message(COVER, a_html=PAGE.encode())
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="../../a.html")
    found = parts_of(made.as_bytes())
    assert [one.name for one in found.parts] == ["a.html", "a.html (2)"]
    assert "1 image" in found.problems[0].message


def test_a_message_inside_a_message_is_taken_apart_so_deep_and_no_deeper() -> None:
    inner = message(COVER, release_html=PAGE.encode())
    for _ in range(2):
        outer = message("Forwarded.\n")
        outer.add_attachment(inner)
        inner = outer
    assert names(inner.as_bytes()) == ["message.eml: message.eml (2): release.html"]
    for _ in range(6):
        outer = message("Forwarded.\n")
        outer.add_attachment(inner)
        inner = outer
    assert any(one.code == "R136" and one.severity == "error" for one in parts_of(inner.as_bytes()).problems)


def test_text_in_an_encoding_that_only_the_heading_names_is_read() -> None:
    made = EmailMessage(policy=email.policy.default)
    made["From"], made["Subject"], made["Date"] = "a@example.com", "x", "Mon, 2 Jan 2023 10:00:00 +0000"
    made.set_content("Umsatz £ 1,234\n", charset="cp1252")
    (part,) = parts_of(made.as_bytes()).parts
    assert "£ 1,234" in part.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "made",
    [
        message(COVER, release_html=PAGE.encode()).as_bytes()[:-60],
        (
            b"MIME-Version: 1.0\nFrom: a@b\nSubject: x\nContent-Type: application/pkcs7-mime; "
            b"smime-type=enveloped-data\n\nMIIB\n"
        ),
        b"MIME-Version: 1.0\nFrom: a@b\nSubject: x\nContent-Type: multipart/mixed; boundary="
        + b"x" * 30_000
        + b"\n\nhello\n",
        (
            b"MIME-Version: 1.0\nFrom: a@b\nSubject: x\nContent-Type: image/png\nContent-Transfer-Encoding: "
            b"base64\n\niVBO\n"
        ),
        b"MIME-Version: 1.0\nFrom: a@b\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n"
        + b"--q\nContent-Type: text/html\n\n<p>1\n" * 300
        + b"--q--\n",
    ],
    ids=["cut short", "encrypted", "a heading without end", "nothing to read", "too many parts"],
)
def test_what_cannot_be_taken_apart_is_said(made: bytes) -> None:
    assert is_mail(made)
    assert any(one.severity == "error" for one in parts_of(made).problems)


@pytest.mark.parametrize(
    "text",
    [
        b"Revenues: 1,610\nCosts: 1,170\n",
        b"From: the CEO\nTo: all\nRevenue grew.\n",
        b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n",
        PAGE.encode(),
        b"",
        b"Note: x\n\n",
    ],
)
def test_releases_are_no_messages(text: bytes) -> None:
    assert not is_mail(text)


def test_a_message_that_nobody_took_apart_is_never_read_as_text() -> None:
    (problem,) = read("a.eml", message(LONG).as_bytes()).problems
    assert problem.code == "R110" and problem.severity == "error"


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_any_bytes_inside_a_message_are_no_crash(data: st.DataObject) -> None:
    body = message(COVER, PAGE, a_docx=b"PK\x03\x04").as_bytes()
    at = data.draw(st.integers(0, len(body)))
    parts_of(body[:at] + data.draw(st.binary(max_size=40)) + body[at + data.draw(st.integers(0, 60)) :])
