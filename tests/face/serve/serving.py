"""A server on a thread of this process, and a client of it."""

import socket
import threading
import time
from contextlib import contextmanager

import httpx
import uvicorn

from limen.face.serve.app import application


@contextmanager
def serving(app):
    """The address of a server of an application."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def client_of(*names, **settings):
    """A client of a server of these policies."""
    with serving(application(names, **settings)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client
