"""How much of anything is read: what keeps one hostile or broken input from stopping the pile."""

from __future__ import annotations

from msgspec import Struct

MEGABYTE = 1_000_000


class Limits(Struct, frozen=True, kw_only=True):
    """Sizes in bytes unless said otherwise. The defaults are far above what newsrooms have and below what hurts a laptop."""

    # The longest reports, live blogs and transcripts, have some 300,000 characters.
    report_characters: int = 2 * MEGABYTE
    # One file that holds one report: a text in UTF-32 of the length above.
    file_bytes: int = 8 * MEGABYTE
    # Tables and archives that are held in memory while they are read; JSON Lines and Parquet files may be larger.
    table_bytes: int = 1_000 * MEGABYTE
    # The largest news pages with everything inlined are 3-4 MB.
    page_bytes: int = 6 * MEGABYTE
    # Pages nest 30-60 elements and give a tag 5-30 attributes; trafilatura is quadratic in both (25 s at 50,000).
    page_depth: int = 400
    page_attributes: int = 300
    # An ordinary page takes a hundredth of a second.
    page_seconds: float = 10.0
    # Texts and JSON pack ten to one; a thousand to one is a bomb.
    archive_ratio: int = 200
    archive_bytes: int = 2_000 * MEGABYTE
    archive_members: int = 100_000
    archive_depth: int = 2
    fetch_bytes: int = 10 * MEGABYTE
    fetch_seconds: float = 20.0
    fetch_redirects: int = 5


DEFAULT = Limits()
