"""What cannot be written: nobody reads it any more, or there is no room for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "import sys; from limen.face.cli import main; sys.exit(main())"]
FULL = Path("/dev/full")
LONG = ["schema", "--of", "run"]
SHORT = ["validate", "schengen-90-180"]


def closed():
    """The end of a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


@pytest.mark.parametrize("arguments", [LONG, SHORT, ["--help"]])
def test_whoever_stops_reading_the_result_ends_the_command_with_141(arguments):
    done = subprocess.run([*PROGRAM, *arguments], stdout=closed(), stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("arguments", [["validate", "nowhere"], ["ask"]])
def test_whoever_stops_reading_the_messages_ends_the_command_with_141(arguments):
    done = subprocess.run([*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=closed(), text=True, check=False)
    assert (done.returncode, done.stdout) == (141, "")


@pytest.mark.skipif(not FULL.exists(), reason="there is no such device")
@pytest.mark.parametrize("arguments", [LONG, SHORT, ["--help"]])
def test_no_room_for_the_result_is_said(arguments):
    with FULL.open("w") as full:
        done = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr == "The output cannot be written: No space left on device.\n"


@pytest.mark.skipif(not FULL.exists(), reason="there is no such device")
def test_no_room_for_messages_ends_with_4():
    with FULL.open("w") as full:
        done = subprocess.run([*PROGRAM, "validate", "nowhere"], stdout=subprocess.PIPE, stderr=full, check=False)
    assert (done.returncode, done.stdout) == (4, b"")
