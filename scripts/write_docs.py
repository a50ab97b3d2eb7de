"""``./run docs``: write the generated pages of docs/: the command line's reference and the schema's.

Nothing here is written by hand; a test checks that the committed pages are what this script writes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from stemma.cli import COMMANDS, group
from stemma.schema import json_schema

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """File name in docs/ -> content."""
    schema = json_schema()
    return {
        "cli.md": cli_page(),
        "schema.md": schema_page(schema),
        "schema.json": json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
    }


def cli_page() -> str:
    out = ["# The command line", "", "Written by `./run docs` from the program itself.", ""]
    context = click.Context(group, info_name="stemma", terminal_width=96, max_content_width=96)
    out += ["```", group.get_help(context), "```", ""]
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=96, max_content_width=96)
        out += [f"## stemma {name}", "", "```", command.get_help(inner), "```", ""]
    return "\n".join(out)


def schema_page(schema: dict[str, Any]) -> str:
    out = [
        "# The schema of `stemma.dossiers/1`",
        "",
        "Written by `./run docs` from the records; as JSON Schema (2020-12) in [schema.json](schema.json). Offsets are Unicode code",
        "points into the report's text, half-open. Each command that prints lines prints the record of its name.",
        "",
    ]
    for name, definition in sorted(schema["$defs"].items()):
        if "properties" not in definition:
            continue
        out += [
            f"## {name}",
            "",
            definition.get("description", "").replace("``", "`"),
            "",
            "| field | type |",
            "| --- | --- |",
        ]
        out += [f"| {field} | {_type(kind)} |" for field, kind in definition["properties"].items()]
        out.append("")
    return "\n".join(out)


def _type(kind: dict[str, Any]) -> str:
    """A JSON Schema type in a few words."""
    if "$ref" in kind:
        name = kind["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in kind:
        return " or ".join(_type(one) for one in kind["anyOf"])
    if "enum" in kind:
        return ", ".join(f"`{value}`" for value in kind["enum"])
    if kind.get("type") == "array":
        if "prefixItems" in kind:
            return "[" + ", ".join(_type(one) for one in kind["prefixItems"]) + "]"
        return f"list of {_type(kind['items'])}" if kind.get("items") else "list"
    return str(kind.get("type", "any"))


if __name__ == "__main__":
    main()
