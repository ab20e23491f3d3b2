"""A program ends while its child is still running."""

import importlib
import subprocess
import sys
import time


def child():
    time.sleep(1)  # longer than the program takes to end
    print("child ends", flush=True)


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "billiard.sharedctypes"
    method = sys.argv[2] if len(sys.argv) > 2 else "fork"
    if len(sys.argv) == 4:  # the program, which reaches its last line at once
        mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
        mp.set_start_method(method)
        mp.Process(target=child).start()
    else:
        # The shell says when the program has ended; its output goes on until the child has ended.
        command = ["sh", "-c", '"$@"; echo program ends', "sh"]
        command += [sys.executable, __file__, name, method, "program"]
        try:
            done = subprocess.run(command, stdout=-1, timeout=60)
        except subprocess.TimeoutExpired:
            sys.exit(2)  # undecided
        seen = done.stdout.decode().split("\n")[:-1]
        print("seen:", seen)
        print("should be: ['child ends', 'program ends']")
        sys.exit(seen != ["child ends", "program ends"])
