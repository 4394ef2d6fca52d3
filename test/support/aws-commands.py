"""Runs `aws` commands, each in a process of its own that is forked from this one.

All that a command takes before it does anything (a second: Python and the command's own modules) is done once. A line
of JSON on standard input is a command: {"id", "args", "env", "folder"}. Its output is written to <folder>/stdout and
<folder>/stderr, and a line {"id", "code"} says that it has ended. Ends with its input.
"""

import json
import os
import signal
import sys

import awscli.clidriver

# Imported by a command when it is first needed; here it is needed by nearly all.
import awscli.customizations.s3.subcommands  # noqa: F401
import awscli.handlers  # noqa: F401
import botocore.httpsession  # noqa: F401
import botocore.parsers  # noqa: F401
import s3transfer.manager  # noqa: F401


def run(command):
    """A command's process: as the `aws` program itself from here on."""
    os.environ.update(command["env"])
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(os.path.join(command["folder"], name), os.O_WRONLY | os.O_CREAT), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["aws", *command["args"]]
    try:
        sys.exit(awscli.clidriver.main())
    except SystemExit as exit:
        code = exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run_and_tell(command, answers):
    """A process between this one and the command's, so that this one waits for nothing but its input."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = os.fork()
    if process == 0:
        run(command)
    _, status = os.waitpid(process, 0)
    answer = {"id": command["id"], "code": os.waitstatus_to_exitcode(status)}
    # So short a line is written whole, whoever else writes.
    os.write(answers, f"{json.dumps(answer)}\n".encode())
    os._exit(0)


def main():
    # What a command writes goes elsewhere, whatever it does.
    answers = os.dup(1)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in iter(sys.stdin.readline, ""):
        if os.fork() == 0:
            run_and_tell(json.loads(line), answers)


main()
