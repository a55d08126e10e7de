"""The server of a built site: compressed, with the right types, and nothing from outside the folder."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nnutils.book.__main__ import main
from nnutils.book.pages.shell.serving import Site, serve
from nnutils.core.errors import NNUtilsError

PAGE = "<h1>Größe</h1>" + "text " * 500
LASTING = "max-age=31536000, immutable"


@pytest.fixture()
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "part").mkdir(parents=True)
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (tmp_path / "site-too").mkdir()
    (tmp_path / "site-too/secret.html").write_text("secret", encoding="utf-8")
    (folder / "outside.html").symlink_to(tmp_path / "secret.html")
    for name, content in {
        "index.html": PAGE,
        "part/index.html": "<h1>Part</h1>",
        "404.html": "<h1>Not here</h1>",
        "a b.css": "a { }",
    }.items():
        (folder / name).write_text(content, encoding="utf-8")
    for name in ("s.js", "m.mjs", "w.wasm", "p.svg", "f.woff2", "n.ipynb", "x.unknown"):
        (folder / name).write_bytes(b"0" * 1000)
    return folder


def test_a_page_is_sent_compressed_to_those_who_take_it(site: Path) -> None:
    plain, packed = Site(site).answer("/"), Site(site).answer("/index.html?q=1", "br, gzip")
    assert plain.status == packed.status == 200
    assert plain.content == gzip.decompress(packed.content) == PAGE.encode()
    assert "Content-Encoding" not in plain.fields and packed.fields["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 5
    assert packed.fields["Content-Length"] == str(len(packed.content))
    assert packed.fields["Content-Type"] == "text/html; charset=utf-8"
    assert packed.fields["ETag"] == plain.fields["ETag"][:-1] + '-gz"'
    assert packed.fields["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity", "gzipped"])
def test_who_does_not_take_it_gets_it_plain(site: Path, accepted: str) -> None:
    assert Site(site).answer("/index.html", accepted).content == PAGE.encode()


def test_types(site: Path) -> None:
    expected = {
        "s.js": "text/javascript; charset=utf-8",
        "m.mjs": "text/javascript; charset=utf-8",
        "w.wasm": "application/wasm",
        "p.svg": "image/svg+xml; charset=utf-8",
        "f.woff2": "font/woff2",
        "n.ipynb": "application/x-ipynb+json",
        "x.unknown": "application/octet-stream",
        "a%20b.css": "text/css; charset=utf-8",
    }
    assert {name: Site(site).answer(f"/{name}").fields["Content-Type"] for name in expected} == expected
    assert "Content-Encoding" not in Site(site).answer("/f.woff2", "gzip").fields


def test_what_is_known_is_not_sent_again_until_it_changes(site: Path) -> None:
    served = Site(site)
    mark = served.answer("/", "gzip").fields["ETag"]
    for known in (mark, f'"other", W/{mark}'):
        again = served.answer("/", "gzip", known)
        assert again.status == 304 and again.content == b"" and again.fields["ETag"] == mark
    assert served.answer("/", "", mark).status == 200, "that was the compressed one"
    (site / "index.html").write_text("<h1>New</h1>", encoding="utf-8")
    assert served.answer("/", "gzip", mark).content == b"<h1>New</h1>"


def test_an_address_with_a_version_is_kept(site: Path) -> None:
    served = Site(site)
    assert served.answer("/s.js?v=1a").fields["Cache-Control"] == LASTING
    for address in ("/s.js", "/s.js?w=v", "/s.js?v="):
        assert served.answer(address).fields["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "/missing.html",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/part/../../secret.html",
        "/../site-too/secret.html",
        "//etc/passwd",
        "/outside.html",
        "/..\\secret.html",
        "/a%00b",
        "/index.html/",
        "/_missing/",
    ],
)
def test_what_is_not_in_the_site_is_not_found(site: Path, address: str) -> None:
    answer = Site(site).answer(address)
    assert answer.status == 404 and answer.content == b"<h1>Not here</h1>"


def test_without_a_page_for_it_there_is_a_line(site: Path) -> None:
    (site / "404.html").unlink()
    answer = Site(site).answer("/missing.html", "gzip")
    assert (answer.status, answer.content) == (404, b"There is no such page.\n")


def test_a_folder_is_its_index(site: Path) -> None:
    moved = Site(site).answer("/part?x=1")
    assert (moved.status, moved.fields["Location"]) == (301, "part/?x=1")
    assert Site(site).answer("/part/").content == b"<h1>Part</h1>"


# --- over the wire ------------------------------------------------------------------------------------------


@pytest.fixture()
def connection(site: Path) -> Iterator[http.client.HTTPConnection]:
    with serve(site) as address:
        one = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=30)
        yield one
        one.close()


def test_one_connection_carries_many_answers(connection: http.client.HTTPConnection) -> None:
    for method, path, status, length in [
        ("HEAD", "/", 200, len(PAGE.encode())),
        ("GET", "/", 200, len(PAGE.encode())),
        ("GET", "/part", 301, 0),
        ("GET", "/missing", 404, 17),
        ("HEAD", "/missing", 404, 17),
        ("GET", "/part/", 200, 13),
    ]:
        connection.request(method, path)
        answer = connection.getresponse()
        content = answer.read()
        assert (answer.status, answer.getheader("Content-Length")) == (status, str(length)), path
        assert len(content) == (0 if method == "HEAD" else length)


def test_what_is_known_has_no_content(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "/")
    first = connection.getresponse()
    first.read()
    connection.request("GET", "/", headers={"If-None-Match": str(first.getheader("ETag"))})
    second = connection.getresponse()
    assert (second.status, second.read()) == (304, b"")


def test_a_port_in_use_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve(site) as address:
        port = urlsplit(address).port
        with pytest.raises(SystemExit) as stopped:
            main(["serve", str(site), "--port", str(port)])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert f"port {port} of this machine: address already in use. Choose another: make serve PORT=" in said


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NNUtilsError, match="There is no folder .*none to serve. Build the site first"):
        Site(tmp_path / "none")
