"""The handover of bench/flow/handover.ts: bytes of one task, read by the next."""
import hashlib
import json

from metaflow import FlowSpec, Parameter, step


def make(mebibytes):
    return b"".join(hashlib.sha256(str(i).encode()).digest() for i in range(32768)) * mebibytes


class HandoverFlow(FlowSpec):
    mebibytes = Parameter("mebibytes", default=100, type=int)
    handed = Parameter("handed", default=1, type=int)
    out = Parameter("out", default="")

    @step
    def start(self):
        data = make(self.mebibytes)
        self.data = data if self.handed else data[:1]
        self.next(self.end)

    @step
    def end(self):
        data = self.data if self.handed else make(self.mebibytes)
        with open(self.out, "w") as file:
            json.dump(hashlib.sha256(data).hexdigest(), file)


if __name__ == "__main__":
    HandoverFlow()
