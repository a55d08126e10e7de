"""Serve a built site on this machine as a web host does: compressed, and sent once.

A file is read and compressed once, until it changes. An address with a version (``?v=...``) is kept by the
browser; of any other it asks whether it has changed. What does not exist is answered with ``404.html``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from nnutils.core.errors import NNUtilsError

__all__ = ["Answer", "Site", "add_arguments", "run", "serve"]

HOST = "127.0.0.1"
_SMALL = 500  # bytes: less is not worth compressing
_YEAR = 365 * 24 * 60 * 60
_TYPES = {  # what a machine's own table lacks or has in an old form
    ".ico": "image/x-icon",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_PACKED = (
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "font/woff2",
    "application/zip",
    "application/pdf",
)


@dataclass(frozen=True)
class Answer:
    """What a server answers: the status, the fields of its head, and the content."""

    status: int
    fields: dict[str, str]
    content: bytes = b""


@dataclass(frozen=True)
class _File:
    changed: tuple[int, int]
    content: bytes
    packed: bytes | None
    mark: str


class Site:
    """The files below a folder, each read and compressed once.

    Raises:
        NNUtilsError: when there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise NNUtilsError(f"There is no folder {folder} to serve. Build the site first: make book")
        self.folder = folder.resolve()
        self._files: dict[Path, _File] = {}

    def answer(self, address: str, accepted: str = "", known: str = "") -> Answer:
        """Return the answer to a request.

        Arguments: the address, from the slash after the host; the fields Accept-Encoding and If-None-Match.
        """
        parts = urlsplit(address)
        path = unquote(parts.path, errors="replace")
        file = self._inside(path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                # from the last folder's name on: an address like //host would lead elsewhere
                query = f"?{parts.query}" if parts.query else ""
                return Answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{quote(file.name)}/{query}"})
            file = file / "index.html"
        elif path.endswith("/"):
            file = None
        if file is None or not file.is_file():
            return self._not_found(accepted)
        lasting = "v" in parse_qs(parts.query)
        return self._found(file, accepted, known, f"max-age={_YEAR}, immutable" if lasting else "no-cache")

    def _inside(self, path: str) -> Path | None:
        """Return the place that a path names; None for one outside the folder."""
        if "\0" in path or "\\" in path:
            return None
        place = (self.folder / path.lstrip("/")).resolve()
        return place if place.is_relative_to(self.folder) else None

    def _not_found(self, accepted: str) -> Answer:
        page = self.folder / "404.html"
        if not page.is_file():
            text = b"There is no such page.\n"
            fields = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(text))}
            return Answer(HTTPStatus.NOT_FOUND, fields, text)
        found = self._found(page, accepted, "", "no-cache")
        return Answer(HTTPStatus.NOT_FOUND, found.fields, found.content)

    def _found(self, place: Path, accepted: str, known: str, kept: str) -> Answer:
        file = self._read(place)
        packed = file.packed is not None and _takes_gzip(accepted)
        mark = f'"{file.mark}{"-gz" if packed else ""}"'
        fields = {"ETag": mark, "Cache-Control": kept, "Vary": "Accept-Encoding"}
        if mark in {one.strip().removeprefix("W/") for one in known.split(",")}:
            return Answer(HTTPStatus.NOT_MODIFIED, fields)
        content = file.packed if packed and file.packed is not None else file.content
        fields |= {"Content-Type": _type(place), "Content-Length": str(len(content))}
        if packed:
            fields["Content-Encoding"] = "gzip"
        return Answer(HTTPStatus.OK, fields, content)

    def _read(self, place: Path) -> _File:
        state = place.stat()
        changed = (state.st_mtime_ns, state.st_size)
        file = self._files.get(place)
        if file is None or file.changed != changed:
            content = place.read_bytes()
            worth = len(content) >= _SMALL and _type(place) not in _PACKED
            packed = gzip.compress(content, 6, mtime=0) if worth else None
            file = _File(changed, content, packed, hashlib.sha256(content).hexdigest()[:16])
            self._files[place] = file
        return file


@contextmanager
def serve(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder on this machine while the block runs; give its address, without a slash at the end.

    Port 0 takes one that is free.

    Raises:
        NNUtilsError: when there is no such folder, or the port cannot be had.
    """
    server = _server(Site(folder), port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "folder", nargs="?", default="_build/html", type=Path, help="the site (default: _build/html)"
    )
    parser.add_argument("--port", type=int, default=8000, help="the port (default: 8000)")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; return the exit status."""
    server = _server(Site(options.folder), options.port)
    print(f"http://{HOST}:{server.server_address[1]}   (stop with Ctrl-C)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
    return 0


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self._send(with_content=True)

    def do_HEAD(self) -> None:
        self._send(with_content=False)

    def _send(self, with_content: bool) -> None:
        answer = self.site.answer(
            self.path, self.headers.get("Accept-Encoding", ""), self.headers.get("If-None-Match", "")
        )
        self.send_response(answer.status)
        for name, value in answer.fields.items():
            self.send_header(name, value)
        if answer.status == HTTPStatus.MOVED_PERMANENTLY:
            self.send_header("Content-Length", "0")
        self.end_headers()
        if with_content:
            self.wfile.write(answer.content)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the requests to ourselves."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where a browser hangs up: it does so whenever a page is left early."""


def _server(site: Site, port: int) -> http.server.ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"site": site})
    try:
        return _Server((HOST, port), handler)
    except OverflowError:
        raise NNUtilsError(f"Port {port} is not a port: choose one between 1024 and 65535.") from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NNUtilsError(
            f"The site cannot be served on port {port} of this machine: {why}. "
            f"Choose another: make serve PORT={port + 1 if port < 65535 else 8001}"
        ) from None


def _takes_gzip(accepted: str) -> bool:
    """Return whether a browser takes gzip, by its field Accept-Encoding.

    >>> _takes_gzip("br, gzip;q=0.8"), _takes_gzip("gzip;q=0"), _takes_gzip("")
    (True, False, False)
    """
    for one in accepted.lower().split(","):
        name, _, quality = one.replace(" ", "").partition(";q=")
        if name in ("gzip", "*"):
            return quality not in ("0", "0.0", "0.00", "0.000")
    return False


def _type(file: Path) -> str:
    kind = _TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in ("image/svg+xml", "application/json", "application/xml")
    return f"{kind}; charset=utf-8" if text else kind
