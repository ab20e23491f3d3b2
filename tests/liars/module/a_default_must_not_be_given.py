"""`synchronized` takes a given `ctx` for a context, also if it is None."""

from liars.honest import plain as honest

CAUGHT_BY = {"module.parameters-can-be-given-by-name": "fail"}


class Backend(honest.Backend):
    def names(self):
        def synchronized(obj, lock=None, **options):
            if options and lock is None:
                lock = options["ctx"].RLock()
            return self.synchronized(obj, lock)

        return {**super().names(), "synchronized": synchronized}


honest.publish(Backend, globals())
