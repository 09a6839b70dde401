"""Compiling with numba, typed: the only module of the package that names it.

Importing this imports numba, which takes a moment; so only `days` and what it is made of do, and `kernel` imports those when
an engine is made.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

import numba  # type: ignore[import-untyped,unused-ignore]

F = TypeVar("F", bound=Callable[..., Any])


def _load_arrays() -> None:
    """Loads what numba knows of arrays, but not SciPy's linear algebra, which takes a sixth of a second and the days do not need.

    numba loads it at this point to see whether it is there. Whoever multiplies matrices with numba has it loaded then, as ever.
    """
    linalg: Any = import_module("numba.np.linalg")
    look = getattr(linalg, "ensure_blas", None)
    if look is None:  # a version that looks elsewhere, or not at all
        return
    linalg.ensure_blas = lambda: None
    try:
        import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = look


_load_arrays()

njit = cast("Callable[..., Callable[[Any], Any]]", numba.njit)  # its own types change from version to version

COMMON: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}
"""`_nrt`: the days make no array, so nobody has to count who still holds one; counting took a sixth of a draw's time, since each
count locks a word of memory that all threads share. Code that made an array would not compile."""


def part(function: F) -> F:
    """A function that is compiled into those that call it, and only they can. Division by zero gives infinity, as in NumPy.

    What Python would need to call it is left out, which saves a fifth of the time of compiling.
    """
    return cast("F", njit(**COMMON, no_cpython_wrapper=True)(function))


def small(function: F) -> F:
    """Like `part`, for what is called so often that the call itself would cost."""
    return cast("F", njit(**COMMON, no_cpython_wrapper=True, forceinline=True)(function))


def entry(function: F) -> F:
    """A function that Python calls: compiled once, kept on disk where that can be written, run without the interpreter's lock.

    numba takes a function from disk as long as its own file is unchanged, whatever became of those it calls; so the name under
    which it is kept says what this whole folder was made of.
    """
    function.__qualname__ += f"_{_contents()}"
    try:
        return cast("F", njit(**COMMON, cache=True)(function))
    except RuntimeError:  # numba found no folder in which it may write
        return cast("F", njit(**COMMON)(function))


def _contents() -> str:
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
