"""`limen serve`: the page and the HTTP API, on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from limen.face.common import MISSING, Failed, clear_errors

SWITCH = 0.0005
"""Seconds after which a thread that works lets another in: short, so that a long question does not keep short ones waiting."""


@click.command("serve", epilog="Example: limen serve mobilisation-2022 --port 8765")
@click.argument("names", metavar="[POLICY]...", nargs=-1)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True,
              help="The address to listen on. Another than this machine's own lets others ask.")  # fmt: skip
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
              help="Keep runs in this folder (default: they go when the server stops).")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(1, 3600), default=60, show_default=True,
              help="The longest that one question may take.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Without the address on standard error.")
def command(names: tuple[str, ...], port: int, host: str, keep: Path | None, seconds: float, quiet: bool) -> None:
    """Serve the page and the HTTP API for these policies (default: all built-in ones), until Ctrl-C.

    Each POLICY is a built-in scenario or a folder; the page can name no others. No cookie is set, no request is logged, and
    nothing that is said of a person is kept. The API is described at /api.
    """
    import socket

    import uvicorn

    from limen.face.serve.app import LOCAL, application
    from limen.face.serve.limits import Limits
    from limen.scenario.find import policy_paths

    with clear_errors():
        policy_paths(names)
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
        local = host in LOCAL or host == "::1"
        app = application(names, limits=Limits(seconds=seconds), folder=keep, hosts=LOCAL if local else ())
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sends at once only on such
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise Failed(f"{host}:{port} cannot be listened on: {os.strerror(error.errno or 0)}.", MISSING) from None
    if not quiet and sys.stderr is not None:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Limen is served at http://{shown}:{listening.getsockname()[1]}/ until Ctrl-C.", err=True)
        if not local:
            click.echo("Whoever can reach this address can ask, and start runs.", err=True)
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, date_header=False,
                            timeout_graceful_shutdown=2)  # fmt: skip
    sys.setswitchinterval(SWITCH)
    uvicorn.Server(config).run(sockets=[listening])
