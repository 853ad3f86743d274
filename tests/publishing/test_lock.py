from __future__ import annotations

import errno
import os
import threading
import time
from typing import TYPE_CHECKING, Any

import filelock
import pytest

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.layout import Layout
from compliance_digest.publishing.lock import held

from .helpers import python

if TYPE_CHECKING:
    from pathlib import Path


def test_makes_the_folder_and_the_lock(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "deep" / "site")
    with held(layout, 1):
        assert layout.lock.is_file()


def test_another_build_has_it(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    begun = time.monotonic()
    with (
        held(layout, 1),
        pytest.raises(OutputRefused, match=f"another build is writing to {tmp_path}") as refused,
        held(layout, 0.2),
    ):
        pytest.fail("the lock was given twice")
    assert refused.value.status == 3
    assert 0.2 <= time.monotonic() - begun < 5


def test_another_process_has_it(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from compliance_digest.publishing.layout import Layout\n"
        "from compliance_digest.publishing.lock import held\n"
        "with held(Layout(pathlib.Path(sys.argv[1])), 10):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    with python(script, tmp_path) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(OutputRefused, match="another build"), held(Layout(tmp_path), 0):
            pytest.fail("the lock was given twice")
        process.kill()
        process.wait()
        with held(Layout(tmp_path), 5):
            assert Layout(tmp_path).lock.exists()


def test_waits_until_it_is_free(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    order: list[str] = []

    def second() -> None:
        with held(layout, 30):
            order.append("second")

    waiter = threading.Thread(target=second)
    with held(layout, 1):
        waiter.start()
        time.sleep(0.2)
        order.append("first")
    waiter.join(30)
    assert order == ["first", "second"]


def test_is_free_after_an_exception(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with pytest.raises(ZeroDivisionError), held(layout, 0):
        _ = 1 / 0
    with held(layout, 0):
        assert layout.lock.exists()


def test_an_error_in_the_block_is_not_ours(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), held(Layout(tmp_path), 0):
        (tmp_path / "none").read_bytes()


def test_the_folder_of_the_lock_vanishes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the build that was waited for is a `clean`."""
    acquire = filelock.FileLock.acquire
    layout = Layout(tmp_path)
    vanished: list[Path] = []

    def vanishing(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not vanished:
            layout.state.rmdir()
            vanished.append(layout.state)
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self.lock_file)
        return acquire(self, *args, **kwargs)

    monkeypatch.setattr(filelock.FileLock, "acquire", vanishing)
    with held(layout, 5):
        assert layout.lock.exists()
    assert vanished


def test_a_folder_that_always_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanished(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self.lock_file)

    monkeypatch.setattr(filelock.FileLock, "acquire", vanished)
    with pytest.raises(OutputRefused, match="No such file or directory"), held(Layout(tmp_path), 0.05):
        pytest.fail("there is no lock")


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputRefused, match=f"Not a directory: {tmp_path / 'file'}"):
        held(Layout(tmp_path / "file" / "site"), 0).__enter__()


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_folder_that_can_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def failing(path: object, mode: int = 0o777) -> None:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr("os.mkdir", failing)
    message = f"can't write to the output folder: {os.strerror(code)}: {tmp_path}"
    with pytest.raises(OutputRefused, match=message):
        held(Layout(tmp_path), 0).__enter__()


def test_a_linked_state_folder_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".digest").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputRefused, match="is a link"):
        held(Layout(tmp_path / "site"), 0).__enter__()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_importing_publishing_does_not_import_filelock() -> None:
    script = (
        "import sys\n"
        "import compliance_digest.publishing.output, compliance_digest.publishing.cleaning\n"
        "import compliance_digest.publishing.place\n"
        "print('filelock' in sys.modules)"
    )
    with python(script) as process:
        assert process.communicate() == ("False\n", "")
