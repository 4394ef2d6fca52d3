"""Runs `aws` commands, each in a process of its own that is forked from this one.

All that a command takes before it does anything (a second: Python and the command's own modules) is done once. A line
of JSON on standard input is a command: {"id", "args", "env", "folder"}. Its output is written to <folder>/stdout and
<folder>/stderr, and a line {"id", "code"} says that it has ended. Ends with its input.
"""

import json
import os
import signal
import sys
import threading

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


def main():
    # What a command writes goes elsewhere, whatever it does.
    answers = os.fdopen(os.dup(1), "w")
    writing = threading.Lock()

    def answer(id, process):
        _, status = os.waitpid(process, 0)
        with writing:
            print(json.dumps({"id": id, "code": os.waitstatus_to_exitcode(status)}), file=answers, flush=True)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in iter(sys.stdin.readline, ""):
        command = json.loads(line)
        with writing:
            process = os.fork()
        if process == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            run(command)
        threading.Thread(target=answer, args=(command["id"], process), daemon=True).start()


main()
