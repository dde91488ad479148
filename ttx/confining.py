"""Limits for a process of its own that reads what somebody brought: a hostile file costs a sentence and no more."""

from contextlib import suppress


def confine(memory: int, seconds: int, answer: int | None = None) -> None:
    """Take this process' freedom to spend: bytes of address space, seconds of processor time, bytes in a file.

    Where a system has no such limits, the clock of whoever started it alone holds.
    """
    try:
        import resource
    except ImportError:
        return
    limits = [(resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)]
    if answer is not None:
        limits.append((resource.RLIMIT_FSIZE, answer))
    for limit, value in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
