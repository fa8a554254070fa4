import { expect, test } from "vitest";
import { ThriftReader } from "./parquet-thrift.ts";

test("a page header is read past its statistics", () => {
  // A data page as Arrow writes it: type 0, 37,549 and 37,555 bytes, then its header with statistics of 4 bytes each.
  const header = [0x15, 0x00, 0x15, 0xda, 0xca, 0x04, 0x15, 0xe6, 0xca, 0x04];
  const statistics = [0x18, 4, 1, 2, 3, 4, 0x18, 4, 0, 0, 0, 0, 0x16, 0, 0x11, 0x12, 0x00];
  const page = [0x2c, 0x15, 0xc0, 0xb8, 0x02, 0x15, 0x10, 0x15, 0x06, 0x15, 0x06, 0x1c, ...statistics, 0x00];
  const reader = new ThriftReader(Uint8Array.from([...header, ...page, 0x00, 0xff]), 0);
  const struct = reader.struct();
  expect([struct.get(1), struct.get(2), struct.get(3)]).toEqual([0, 37_549, 37_555]);
  const details = struct.get(5) as ReadonlyMap<number, number>;
  expect([details.get(1), details.get(2), details.get(3)]).toEqual([20_000, 8, 3]);
  expect(reader.at).toBe(header.length + page.length + 1);
});

test("a page header that ends early is an error", () => {
  expect(() => new ThriftReader(Uint8Array.of(0x15, 0x80), 0).struct()).toThrow("ends early");
});
