"""`limen serve`: the page and the HTTP API, on this machine.

`app` puts it together. A request goes through `guard` (size, headers), is read as a `questions` model, finds its policy in
`shelf`, is answered by `ask` (one person), `everyone` or `runs` (many people, as `jobs`) within `limits`, and told by `told`.
What goes wrong is put into words by `trouble`. Nothing in a request is opened as a path, and nothing about a person is kept.
"""

from limen.face.serve.command import command

__all__ = ["command"]
