"""Time `digest build` against Python-Markdown alone on the same notes: `python benchmarks/build.py [notes] [rounds]`.

The two run in turn, each as a process of its own: a whole build into an empty folder, without the search index, and a
process that only turns the notes' bodies into HTML with Python-Markdown as it comes. So the ratio holds on a busy
machine too.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write_project

BUILD = (
    "from compliance_digest.cli import main; "
    "main(['build', '--quiet', '--no-search', '--fresh', '--jobs', '1', '-C', r'{project}', '-o', r'{output}'])"
)
MARKDOWN = (
    "import markdown, pathlib\n"
    "converter = markdown.Markdown()\n"
    "for file in sorted(pathlib.Path(r'{project}', 'content').iterdir()):\n"
    "    converter.reset()\n"
    "    converter.convert(file.read_text('utf-8').split('---', 2)[2])\n"
)


def seconds(program: str) -> float:
    """Return how many seconds a process takes that runs this Python program."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - start


def main(count: int, rounds: int) -> None:
    """Print medians, spread and ratio, and the peak memory of the largest process."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        write_project(count, project)
        builds, plain = [], []
        for number in range(rounds):
            output = Path(folder, f"site-{number}")
            builds.append(seconds(BUILD.format(project=project, output=output)))
            shutil.rmtree(output)
            plain.append(seconds(MARKDOWN.format(project=project)))
    for name, times in (("digest build", builds), ("Python-Markdown alone", plain)):
        median = statistics.median(times)
        print(
            f"{name:22} {median:6.2f} s ({min(times):.2f} to {max(times):.2f}), {median / count * 1000:.2f} ms a note"
        )
    ratio = statistics.median(build / alone for build, alone in zip(builds, plain, strict=True))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'ratio':22} {ratio:6.2f}; peak memory {peak:.0f} MiB; {count} notes, {rounds} rounds")


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:3]]
    main(*arguments, *(3000, 5)[len(arguments) :])
