"""A program that ends while its child starts takes its lock away."""

import importlib
import subprocess
import sys
import time


class Slow:  # as unpickling may be, or importing the main module
    def __reduce__(self):
        return time.sleep, (1,)


def child(slow, number):
    print(number.value, flush=True)


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    method = sys.argv[2] if len(sys.argv) > 2 else "spawn"
    if len(sys.argv) == 4:  # the program, which reaches its last line at once
        mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
        mp.set_start_method(method)
        number = importlib.import_module(name).Value("i", 41)
        mp.Process(target=child, args=(Slow(), number)).start()
    else:
        command = [sys.executable, __file__, name, method, "program"]
        try:
            done = subprocess.run(command, stdout=-1, stderr=-1, timeout=60)
        except subprocess.TimeoutExpired:
            sys.exit(2)  # undecided
        seen = done.stdout.decode().strip() or done.stderr.decode().split("\n")[-2]
        print("seen:", seen, "\nshould be: 41")
        sys.exit(seen != "41")
