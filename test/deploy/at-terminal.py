"""Runs a command at a terminal of its own and answers its questions.

at-terminal.py PATIENCE ANSWERS COMMAND…: ANSWERS is JSON, pairs of what to wait for and what to type then. Each is
looked for behind the one before, so that nothing is missed that is shown at once with it. When nothing new has been
shown for PATIENCE seconds, the command is killed.

Prints as JSON the exit code (null when it was killed), all that the terminal showed, and the answers to what was never
asked.
"""

import json
import os
import pty
import select
import signal
import sys

patience = float(sys.argv[1])
answers = json.loads(sys.argv[2])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[3], sys.argv[3:])
shown = b""
seen = 0
killed = False
while True:
    readable, _, _ = select.select([terminal], [], [], patience)
    if not readable:
        os.kill(pid, signal.SIGKILL)
        killed = True
        break
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    shown += data
    while answers and (found := shown.find(answers[0][0].encode(), seen)) >= 0:
        awaited, typed = answers.pop(0)
        seen = found + len(awaited.encode())
        os.write(terminal, typed.encode())
_, status = os.waitpid(pid, 0)
code = None if killed else os.waitstatus_to_exitcode(status)
print(json.dumps({"code": code, "shown": shown.decode("utf8", "replace"), "unasked": answers}))
