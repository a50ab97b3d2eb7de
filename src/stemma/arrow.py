"""Records to Arrow: exact column types derived from ``records.py``, and records as plain rows that fit them.

One place for all Parquet that Stemma writes: ``-o lines.parquet``, the tables of ``stemma corpus``, the Spark engine. A
field's type follows its annotation: text and literals are strings, whole numbers (offsets in code points) int32, scores
float64, a span the list [start, end] as in JSON, a record a struct, a tuple of any length a list. Nothing is guessed from
the values, so an empty table has the columns of a full one. Needs pyarrow (the extra "corpus"), imported when called.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from stemma.errors import MissingPart, install

Plain = Callable[[Any], Any]


def arrow() -> Any:
    """The pyarrow module; ``MissingPart`` says what to install where it is missing."""
    try:
        import pyarrow
    except ImportError as error:
        raise MissingPart(f"writing Parquet needs pyarrow, which is not installed: {install('corpus')}") from error
    return pyarrow


@cache
def schema_of(record: type[Struct], before: tuple[str, ...] = ()) -> Any:
    """The Arrow schema of a record's rows, with string columns ``before`` the record's own."""
    pa = arrow()
    own = [pa.field(field.encode_name, _type(field.type)) for field in _fields(record)]
    return pa.schema([*(pa.field(name, pa.string()) for name in before), *own])


def rows_of(records: Iterable[Struct], kind: type[Struct], **before: str) -> list[dict[str, Any]]:
    """The records as dictionaries that fit ``schema_of(kind, tuple(before))``."""
    plain = _plain(kind)
    assert plain is not None
    return [{**before, **plain(record)} for record in records]


def table_of(records: Iterable[Struct], kind: type[Struct]) -> Any:
    """The records as an Arrow table."""
    return arrow().Table.from_pylist(rows_of(records, kind), schema=schema_of(kind))


def _fields(record: Any) -> tuple[Any, ...]:
    return msgspec.structs.fields(record)


def _type(kind: Any) -> Any:
    """The Arrow type of an annotation. Every column may be null, as Parquet readers expect."""
    pa = arrow()
    kind = _needed(kind)
    if _is_struct(kind):
        return pa.struct([pa.field(field.encode_name, _type(field.type)) for field in _fields(kind)])
    if (item := _item(kind)) is not None:
        return pa.list_(_type(item))
    if typing.get_origin(kind) is typing.Literal or kind is str:
        return pa.string()
    scalars = {int: pa.int32(), float: pa.float64(), bool: pa.bool_()}
    return scalars[kind]


@cache
def _plain(kind: Any) -> Plain | None:
    """What turns a value into plain dictionaries and lists; None where it is plain already. ``msgspec.to_builtins`` would
    leave out the fields of a record with ``omit_defaults``, and an empty list would become null."""
    kind = _needed(kind)
    if _is_struct(kind):
        return _plain_struct(kind)
    if (item := _item(kind)) is None:
        return None
    inner = _plain(item)
    if inner is None:
        return lambda value: None if value is None else list(value)
    return lambda value: None if value is None else [inner(one) for one in value]


def _plain_struct(kind: Any) -> Plain:
    fields = [(field.name, field.encode_name, _plain(field.type)) for field in _fields(kind)]
    nested = [(name, inner) for name, _, inner in fields if inner is not None]
    renamed = [(name, shown) for name, shown, _ in fields if name != shown]

    def plain(value: Any) -> Any:
        if value is None:
            return None
        found = msgspec.structs.asdict(value)
        for name, inner in nested:
            found[name] = inner(found[name])
        for name, shown in renamed:
            found[shown] = found.pop(name)
        return found

    return plain


def _needed(kind: Any) -> Any:
    """``X | None`` -> X."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        (kind,) = [one for one in typing.get_args(kind) if one is not type(None)]
    return kind


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _item(kind: Any) -> Any:
    """What a tuple holds: the one type of ``tuple[X, ...]`` and of a named tuple of equal fields (a span)."""
    if typing.get_origin(kind) is tuple:
        return typing.get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, tuple):
        (item,) = set(typing.get_type_hints(kind).values())
        return item
    return None
