"""The system's Chromium, driven by Playwright; a site and a JupyterLab for it to open.

Usage: python tools/browser.py    prints where Chromium is, or says how to get it and fails

The tests in tests/browser and tools/screenshots.py use this. Playwright's own browsers are not: nothing is
downloaded. CHROMIUM=/path/to/it names a browser that is elsewhere.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # found out below without it: `.ci/run` asks before anything is installed
    from playwright.sync_api import Browser, Page, ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "Chromium is not installed, so nothing was opened in a browser: apt-get install chromium, "
    "or name one: CHROMIUM=/path/to/it"
)
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",  # containers give it 64 MB, and pages crash
    "--disable-quic",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--no-first-run",
]
START = 60  # seconds that JupyterLab may take to answer

# JupyterLab draws only the cells in sight, unless told otherwise, and would ask whether to fetch news.
SETTINGS: dict[str, dict[str, Any]] = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

# jupyterlab-myst draws texts one after the other, and each is empty until then.
DRAWN = """cells => document.querySelectorAll('.jp-Notebook .jp-Cell').length === cells
    && [...document.querySelectorAll('.jp-Notebook :is(.jp-MarkdownCell, .jp-RenderedMySTMarkdown)')]
        .every(text => text.innerText.trim())
    && [...document.querySelectorAll('.jp-Notebook .jp-OutputArea-output img')].every(img => img.complete)"""


def find(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return where Chromium is, or None: the one that CHROMIUM names, else the first by its usual names."""
    named = environment.get("CHROMIUM")
    names = (named,) if named else NAMES
    return next((path for name in names if (path := shutil.which(name, path=environment.get("PATH")))), None)


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Start Chromium without a window; end it afterwards."""
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium refuses root its sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*FLAGS, *(["--no-sandbox"] if root else [])]
        )
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, width: int, height: int = 900, dark: bool = False, **options: Any) -> Page:
    """Open an empty page in a profile of its own, as a reader comes for the first time."""
    size: ViewportSize = {"width": width, "height": height}
    scheme: Any = "dark" if dark else "light"
    return browser.new_context(viewport=size, color_scheme=scheme, **options).new_page()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Keep the requests to ourselves."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; give its address, without a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that runs: its address and its token."""

    address: str
    token: str

    def notebook(self, path: str) -> str:
        """The address that opens one notebook, without what was open before."""
        return f"{self.address}/lab/tree/{path}?reset&token={self.token}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def jupyterlab(folder: Path, notebooks: Iterable[str], state: Path, dark: bool = False) -> Iterator[Lab]:
    """Start JupyterLab on a folder, with these notebooks trusted, as `make lab` does.

    Settings, signatures and kernels' files go into the folder ``state``, and nothing of the user's is read.

    Raises:
        RuntimeError: when it does not start; the message holds what it said.
    """
    settings = state / "config/lab/user-settings/@jupyterlab"
    theme = {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"}
    for name, values in {**SETTINGS, "apputils-extension/themes": theme}.items():
        file = settings / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    own = {"CONFIG": "config", "DATA": "data", "RUNTIME": "runtime"}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        **{f"JUPYTER_{name}_DIR": str(state / where) for name, where in own.items()},
        "IPYTHONDIR": str(state / "ipython"),
    }
    jupyter = [sys.executable, "-m", "jupyter"]
    subprocess.run(
        [*jupyter, "trust", *notebooks], cwd=folder, env=environment, check=True, capture_output=True
    )
    port, token = _free_port(), secrets.token_hex(16)
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True",  # so that its commands can be called by name
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = state / "jupyterlab.log"
    with log.open("wb") as sink:
        server = subprocess.Popen([*jupyter, "lab", *options], env=environment, stdout=sink, stderr=sink)
        try:
            lab, end = Lab(f"http://127.0.0.1:{port}", token), time.monotonic() + START
            while not _answers(lab.address):
                if server.poll() is not None or time.monotonic() > end:
                    said = log.read_text(encoding="utf-8", errors="replace")
                    raise RuntimeError(f"JupyterLab did not start; it said:\n{said}")
                time.sleep(0.2)
            yield lab
        finally:
            server.terminate()  # it ends its kernels
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def show(page: Page, address: str) -> None:
    """Open a page of the site and wait until its fonts are there."""
    page.goto(address, wait_until="load")
    page.evaluate("() => document.fonts.ready.then(() => true)")


def load_pictures(page: Page) -> None:
    """Load every picture of a page, also those that wait until a reader comes near them."""
    page.evaluate(
        """() => Promise.all([...document.images].map((one) => {
            one.loading = 'eager';
            return one.complete || new Promise((done) => { one.onload = one.onerror = done; });
        }))"""
    )


def show_notebook(page: Page, address: str, cells: int) -> None:
    """Open a notebook in JupyterLab and wait until all of it is drawn."""
    page.goto(address)
    wait_until_drawn(page, cells)


def wait_until_drawn(page: Page, cells: int) -> None:
    """Wait until each cell of the open notebook shows its text and its outputs."""
    page.wait_for_function(DRAWN, arg=cells, timeout=120_000)


def main() -> int:
    """Print where Chromium is; without one, print how to get it and fail."""
    path = find()
    print(path or MISSING, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
