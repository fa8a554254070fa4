"""The squares of bench/flow/squares.ts, as Metaflow's documentation writes a foreach."""
import json
import os
import time

from metaflow import FlowSpec, Parameter, step


class SquaresFlow(FlowSpec):
    width = Parameter("width", default=10, type=int)
    gate = Parameter("gate", default="")
    mark = Parameter("mark", default="")
    out = Parameter("out", default="")

    @step
    def start(self):
        self.items = list(range(self.width))
        self.next(self.square, foreach="items")

    @step
    def square(self):
        if self.mark:
            with open(self.mark, "a") as file:
                file.write(f"{time.time() * 1000}\n")
        print(f"square of {self.input}")
        self.result = self.input * self.input
        self.next(self.join)

    @step
    def join(self, inputs):
        if os.path.exists(self.gate):
            raise RuntimeError("as asked")
        self.total = sum(each.result for each in inputs)
        self.merge_artifacts(inputs, include=["out"])
        self.next(self.end)

    @step
    def end(self):
        with open(self.out, "w") as file:
            json.dump(self.total, file)


if __name__ == "__main__":
    SquaresFlow()
