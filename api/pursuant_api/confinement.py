"""What the kernel keeps a worker from: the network, other programs, and too much memory."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000
_LOAD, _IS, _REACHES, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4
_FOREIGN = 0x40000000  # from here on x86_64 has its calls once more, for another pointer size

# The kernel's numbers of socket, connect, execve, execveat, ptrace and io_uring_setup, which opens
# sockets too.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse_network() -> bool:
    """Takes sockets and other programs from this process for good; says whether it could."""
    known = _CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    program = _filter(*known)
    told = _Program(len(program) // 8, program)
    call = ctypes.CDLL(None, use_errno=True).prctl
    if call(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not call(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(told), 0, 0)


def _filter(machine: int, refused: tuple[int, ...]) -> bytes:
    """The kernel's filter: refuses some calls, and ends a process that calls as another machine."""
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_IS, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_REACHES, 0, 1, _FOREIGN),
        (_RETURN, 0, 0, _KILL),
    ]
    for number in refused:
        steps += [(_IS, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def end_with(parent: int) -> None:
    """Ends this process when its parent ends, however busy it is."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit()
