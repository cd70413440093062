"""What a measurement says about the machine it ran on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def processor_times() -> tuple[int, int]:
    """(steal, total) of all processors since boot, in ticks. Steal is time another machine took."""
    fields = [
        int(word)
        for word in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
    ]
    return fields[7], sum(fields)


def steal_since(before: tuple[int, int]) -> float:
    """The share of processor time that was stolen since `before`, 0 to 1."""
    steal, total = processor_times()
    return (steal - before[0]) / max(total - before[1], 1)


def processor_seconds(process_id: int) -> float:
    """Processor time a process has used, in seconds, user and system together."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def description() -> dict[str, object]:
    """Processors, Python and the versions that decide the speed."""
    packages = ("streamlit", "duckdb", "pandas", "plotly")
    return {
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
        "load": os.getloadavg()[0],
    }
