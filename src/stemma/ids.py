"""Content hashes: ids that do not depend on position, order or the day of the run."""

from __future__ import annotations

import xxhash


def content_id(prefix: str, *parts: object) -> str:
    """``prefix`` and 12 hex digits of the xxh3-64 hash of the parts, which are joined by U+001F after ``str``."""
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}{xxhash.xxh3_64_hexdigest(joined.encode('utf-8', 'surrogatepass'))[:12]}"
