"""Run Lighthouse on one page of each kind of the repository's own site: `make lighthouse`.

The site is built and served on this machine's loopback, and opened in Debian's Chromium as Lighthouse's mobile defaults
have it: a slow phone and a slow network, both simulated. Prints the four categories, of 100, and what cost points.
"""

from __future__ import annotations

import functools
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from compliance_digest.build import BuildOptions, build

HERE = Path(__file__).parent
PAGES = ("", "2024/09/30/cnil-cegedim-sante/", "tags/fine/", "actions/", "statistics/", "search/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
COMPRESSED = (".html", ".css", ".js", ".json", ".svg")


class Handler(SimpleHTTPRequestHandler):
    """Serves a site as hosts do: texts compressed."""

    def do_GET(self) -> None:
        """Send a file."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in COMPRESSED or not file.exists():
            super().do_GET()
            return
        content = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing."""


def report(address: str, chromium: str) -> dict[str, object]:
    """Return what Lighthouse has to say of a page."""
    command = [
        HERE / "node_modules/.bin/lighthouse", address, "--output=json", "--quiet", f"--chrome-path={chromium}",
        f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


def main() -> int:
    """Print the categories of each page; return 1 where one is below 100."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    worst = 100
    with tempfile.TemporaryDirectory() as folder:
        serving = functools.partial(Handler, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
            base_url = f"http://127.0.0.1:{server.server_port}/digest/"
            build(HERE.parent, BuildOptions(output=Path(folder, "digest"), base_url=base_url))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            print(f"{'page':35}", *(f"{category:>15}" for category in CATEGORIES))
            for page in PAGES:
                if not Path(folder, "digest", page).is_dir():
                    continue
                found = report(base_url + page, chromium)
                scores = {name: round(category["score"] * 100) for name, category in found["categories"].items()}
                print(f"/{page:34}", *(f"{scores[category]:15}" for category in CATEGORIES), flush=True)
                for category in found["categories"].values():
                    for reference in category["auditRefs"]:
                        audit = found["audits"][reference["id"]]
                        if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                            print(f"    {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")
                worst = min(worst, *scores.values())
            server.shutdown()
    return int(worst < 100)


if __name__ == "__main__":
    sys.exit(main())
