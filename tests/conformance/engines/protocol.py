"""What every worker shares: one JSON object a line in, one out.

A worker is an engine that tests ask for rows. `serve` reads questions from standard
input until that ends; an engine is an object with one method for each of them.
"""

import datetime
import decimal
import json
import math
import sys


def serve(engine):
    """Answers each line with what the engine's method of that name gives, or an error."""
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = getattr(engine, question.pop("do"))(**question) or {}
        except Exception as error:  # whatever it is, the one who asked is told
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def read_csv(path):
    """Rows of texts; a value without quotes is NULL, an empty text is two quotes."""
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    rows, row, at = [], [], 0
    while at < len(text):
        if text[at] == '"':
            value, at = _quoted(text, at + 1)
            row.append(value)
        elif text[at] in ",\n\r":
            row.append(None)
        else:
            raise ValueError(f"a value without quotes at {at} of {path}")
        if at < len(text) and text[at] == ",":
            at += 1
            # Nothing behind the last comma is one more NULL.
            if at == len(text) or text[at] in "\r\n":
                row.append(None)
            else:
                continue
        while at < len(text) and text[at] in "\r\n":
            at += 1
            if text[at - 1] == "\n":
                break
        rows.append(row)
        row = []
    return rows


def _quoted(text, at):
    """The text up to its closing quote, and the place behind that."""
    parts = []
    while True:
        end = text.index('"', at)
        parts.append(text[at:end])
        if text[end + 1 : end + 2] != '"':
            return "".join(parts), end + 1
        parts.append('"')
        at = end + 2


def shown(value):
    """A value as DuckDB casts it to a text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isinf(value) or math.isnan(value):
            return {"inf": "inf", "-inf": "-inf"}.get(str(value), "nan")
        return repr(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
            return _moment(value) + "+00"
        return _moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8")
    return str(value)


def _moment(value):
    text = value.isoformat(sep=" ", timespec="seconds")
    fraction = f"{value.microsecond:06}".rstrip("0")
    return f"{text}.{fraction}" if fraction else text
