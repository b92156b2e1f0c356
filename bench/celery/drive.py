"""Sends tasks and awaits their results; prints seconds, or the latencies, as a line of JSON each.

Reads one order a line from standard input: {"task", "args", "count", "at_once"}.
"""

import json
import sys
import time

import tasks

for line in sys.stdin:
    order = json.loads(line)
    task = getattr(tasks, order["task"])
    args = order["args"]
    if order["at_once"]:
        started = time.perf_counter()
        waiting = [task.delay(*args[i % len(args)]) for i in range(order["count"])]
        for result in waiting:
            result.get(timeout=300)
        answer = {"seconds": time.perf_counter() - started}
    else:
        answer = {"latencies": []}
        for i in range(order["count"]):
            started = time.perf_counter()
            task.delay(*args[i % len(args)]).get(timeout=60)
            answer["latencies"].append((time.perf_counter() - started) * 1000)
    print(json.dumps(answer), flush=True)
