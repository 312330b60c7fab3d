"""Who is answered, and what: the server of a review is for the page that it served, and for nobody else."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.review.conftest import Begin, Review, corrupted

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


def decision(review: Review, says: str = "dismissed", **more: object) -> dict[str, object]:
    return {
        "revision": 1,
        "target": review.finding("gross-profit"),
        "says": says,
        "reason": "as restated",
        "by": "JD",
        **more,
    }


def test_the_page_is_that_of_the_report_and_says_what_it_may_reach(begin: Begin) -> None:
    review = begin()
    status, found = review.call("")
    page = str(found["text"])
    assert status == 200 and "connect-src &#x27;self&#x27;" in page and "default-src &#x27;none&#x27;" in page
    assert 'id="d0-findings"' in page and 'id="deciding"' in page and " src=" not in page and "<link" not in page


def test_nobody_else_is_answered(begin: Begin) -> None:
    review = begin()
    token = review.address.rstrip("/").rpartition("/")[2]
    refused = [
        review.call("", path="/"),
        review.call("", path=f"/{token[:-1]}/"),
        review.call("", path=f"/{token[:-1]}%C3%BC/"),
        review.call("", path=f"/x/../{token}/"),
        review.call("state", Host="evil.example"),
        review.call("state", Host="localhost:1"),
        review.call("state", Host=""),
        review.call("state", Origin="http://evil.example"),
        review.call("state", Origin="null"),
        review.call("state", Sec_Fetch_Site="cross-site"),
        review.call("decide", decision(review), Origin=""),
        review.call("decide", decision(review), Origin="https://evil.example"),
        review.call("decide", decision(review), Content_Type="text/plain"),
    ]
    assert [status for status, _ in refused] == [403] * 4 + [421] * 3 + [403] * 6
    assert all(body == {"text": ""} for _, body in refused)
    assert not Path("tieout-decisions.toml").exists()


def test_there_is_no_way_to_a_file(begin: Begin) -> None:
    review = begin()
    for name in (
        "../draft.md",
        "..%2fdraft.md",
        "draft.md",
        "page/../../../../etc/passwd",
        "%2e%2e/draft.md",
        "state/../draft.md",
        "?seen=../x",
        "decide",
    ):
        status, body = review.call(name)
        assert status in (200, 404) and "passwd" not in str(body)
        assert status == 404 or name == "?seen=../x"


def test_bodies_that_nobody_writes_are_refused(begin: Begin) -> None:
    review = begin()
    assert review.call("decide", b"{", Content_Length="900000000")[0] == 413
    assert review.call("decide", b"{", Content_Length="-1")[0] == 411
    assert review.call("decide", b"{", Content_Length="9" * 5000)[0] == 411
    assert review.call("decide", b"{}", Transfer_Encoding="chunked")[0] == 411
    assert review.call("decide", b"[" * 60_000)[0] == 400
    assert review.call("decide", b"\xff\xfe")[0] == 400
    assert review.call("decide", b"[]")[0] == 400
    assert review.call("decide", decision(review, reason="x" * 3000))[0] == 409
    assert review.call("decide", decision(review, reason={"a": 1}))[0] == 409
    assert review.call("decide", decision(review, target="d0n9999"))[0] == 409
    assert review.call("decide", decision(review, by=" "))[0] == 409
    assert review.call("decide", decision(review, revision=7))[0] == 409
    assert review.state()["undecided"] == 5 and not Path("tieout-decisions.toml").exists()


def test_a_line_that_stays_open_holds_up_nobody(begin: Begin) -> None:
    import socket

    review = begin()
    port = int(review.address.split(":")[2].split("/")[0])
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    assert review.state()["version"] == 1
    for one in idle:
        one.close()


def test_text_of_a_document_and_of_people_stays_data(begin: Begin) -> None:
    review = begin(corrupted().replace("Gross profit", f"Gross profit {HOSTILE}"))
    page = str(review.call("")[1]["text"])
    assert HOSTILE not in page and "<img" not in page
    sheet = review.session.sheet()
    target = next(sheet.numbers[one.id] for one in sheet.checked.findings if one.severity == "error")
    status, _ = review.call(
        "decide",
        {"revision": 1, "target": target, "says": "dismissed", "reason": f'{HOSTILE}"\n[[decision]]\n', "by": 'J"D'},
    )
    assert status == 200
    (one,) = [found for found in review.state()["findings"].values() if found["decisions"]]  # type: ignore[attr-defined]
    assert one["decisions"][0]["reason"].startswith(HOSTILE) and one["decisions"][0]["by"] == 'J"D'
    assert HOSTILE not in str(review.call("")[1]["text"])


def test_two_people_at_once_lose_no_decision(begin: Begin) -> None:
    review = begin()
    names = [f"P{number}" for number in range(8)]

    def say(name: str) -> None:
        assert review.call("decide", decision(review, by=name))[0] == 200

    threads = [threading.Thread(target=say, args=(name,)) for name in names]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Path("tieout-decisions.toml").read_text().count("[[decision]]") == 8
