"""Blocks of a page that show a command and what it prints."""

import re
import shlex

from click.testing import CliRunner

from limen.face.cli import limen


def examples(page):
    """The commands of a page, each with what the page says it prints."""
    return re.findall(r"^```console\n\$ limen (.*?)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def is_what_is_printed(command, shown):
    done = CliRunner().invoke(limen, shlex.split(command))
    assert done.exit_code == 0, done.output
    assert done.output.rstrip() == shown.rstrip(), "python docs/make_gallery.py writes it anew; read what changed"
