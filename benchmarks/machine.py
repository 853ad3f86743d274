"""What the machine is that was measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def description(folder: Path) -> str:
    """Return processors, memory, kernel, and the file system that a folder is on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} processors ({_processor()}), {memory:.0f} GiB of memory, "
        f"{platform.system()} {platform.release()}, {_file_system(folder)}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _file_system(folder: Path) -> str:
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    above = {str(folder.resolve()), *map(str, folder.resolve().parents)}
    return max((len(place), number, kind) for number, (place, kind) in enumerate(mounts) if place in above)[2]
