"""From a path to a JSON value, and from a text to a file: whole, or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from ..errors import Fault, InputError

COMMENT = "//"
"""Keys that begin so are remarks, and are skipped."""

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""


def load_json(path: str | Path) -> Any:
    """Read a JSON file; ``-`` is standard input.

    Raises
    ------
    InputError
        If the file cannot be read, is no UTF-8 text, or no JSON.
    """
    return parse_json(read_text(path), str(path))


def read_text(path: str | Path) -> str:
    """Read a UTF-8 text file, with or without a byte order mark; ``-`` is standard input.

    Raises
    ------
    InputError
        If it cannot be read, is larger than `LARGEST`, empty, or no UTF-8 text.
    """
    if str(path) == "-":
        return _decode(sys.stdin.buffer.read(LARGEST + 1), "-")
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # a ValueError for names with a zero in them
        raise InputError(str(path), [Fault("", f"cannot be read: {_why(error)}")]) from None
    return _decode(data, str(path))


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _decode(data: bytes, source: str) -> str:
    if len(data) > LARGEST:
        message = f"the file is too large: more than {LARGEST // 1024**2} MB"
        raise InputError(source, [Fault("", message)])
    if not data.strip():
        raise InputError(source, [Fault("", "the file is empty")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(source, [Fault("", _not_text(data, error.start))]) from None


def _not_text(data: bytes, position: int) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "not UTF-8 text but UTF-16; save it as UTF-8"
    line = data.count(b"\n", 0, position) + 1
    return f"not UTF-8 text: byte 0x{data[position]:02x} in line {line}; save it as UTF-8"


def parse_json(text: str, source: str) -> Any:
    """Parse JSON strictly: no duplicate keys, no NaN; remarks are left out.

    Raises
    ------
    InputError
        With line and column.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        what = (error.msg[:1].lower() + error.msg[1:]).removesuffix(" at")
        message = f"broken JSON: {what} at {where}{_hint(source)}"
        raise InputError(source, [Fault("", message)]) from None
    except RecursionError:
        raise InputError(source, [Fault("", "broken JSON: nested too deeply")]) from None
    except _RefusedError as error:
        raise InputError(source, [Fault("", f"broken JSON: {error}")]) from None
    except ValueError:
        # Python refuses to convert integers of many thousand digits.
        raise InputError(
            source, [Fault("", "broken JSON: a number with too many digits")]
        ) from None


def _hint(source: str) -> str:
    """Say how files are read that were never meant to be JSON."""
    suffix = PurePath(source).suffix.lower()
    if suffix in ("", ".json"):
        return ""
    return "; if the file is in another format, say which: --from, of convert and of design"


class _RefusedError(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key.startswith(COMMENT):
            continue
        if key in found:
            raise _RefusedError(f"the key '{key[:80]}' stands twice in {_described(found)}")
        found[key] = value
    return found


def _described(found: dict[str, Any]) -> str:
    """Say which object it is, as well as its content so far can tell."""
    for key in ("id", "name", "kind"):
        if isinstance(found.get(key), str):
            return f"the object with the {key} '{found[key][:80]}'"
    return "one object"


def _refuse_constant(name: str) -> Any:
    raise _RefusedError(f"{name} is no number")


def write_text(path: str | Path, text: str) -> None:
    """Write a file in one step: a reader sees the old content or the new, never a part.

    Raises
    ------
    InputError
        If it cannot be written; what was there before stays as it was.
    """
    target = Path(path).resolve()  # a link stays a link
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8")  # a device or a pipe has no old content
            return
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name}.", suffix=".part"
        )
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"cannot be written: {_why(error)}"
        raise InputError(str(path), [Fault("", message)]) from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def show_path(location: Iterable[int | str]) -> str:
    """``("employees", 3, "skills", "phones")`` → ``employees[3].skills.phones``."""
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        elif not part.strip() or "." in part or len(part) > 60:
            text += f"['{part if len(part) <= 60 else part[:57] + '…'}']"
        else:
            text += f".{part}" if text else part
    return text
