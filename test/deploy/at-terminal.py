"""Runs a command at a terminal of its own and answers its questions.

at-terminal.py ANSWERS COMMAND…: ANSWERS is JSON, pairs of what to wait for and what to type then. Prints as JSON
the exit code and all that the terminal showed.
"""

import json
import os
import pty
import sys

answers = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown = ""
seen = 0
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    shown += data.decode("utf8", "replace")
    if answers and answers[0][0] in shown[seen:]:
        seen = len(shown)
        os.write(terminal, answers.pop(0)[1].encode())
_, status = os.waitpid(pid, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "shown": shown, "unasked": answers}))
