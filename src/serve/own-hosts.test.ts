import { expect, test } from "vitest";
import { ownHosts } from "./own-hosts.ts";

test("a server bound to this machine goes by this machine's names, at its own port only", () => {
  for (const bound of ["127.0.0.1", "localhost", "::1"]) {
    const isOwn = ownHosts(bound, 4173);
    expect(["127.0.0.1:4173", "localhost:4173", "LOCALHOST:4173", "[::1]:4173"].filter((name) => !isOwn(name))).toEqual(
      [],
    );
    const foreign = [
      "",
      "localhost",
      "localhost:4174",
      "evil.example:4173",
      "localhost.evil.example:4173",
      "[::2]:4173",
    ];
    expect(foreign.filter(isOwn)).toEqual([]);
  }
});

test("at port 80 browsers leave the port out", () => {
  expect(["localhost", "localhost:80", "evil.example"].map(ownHosts("127.0.0.1", 80))).toEqual([true, true, false]);
});

test("a server bound to one address of the network goes by that address", () => {
  expect(["192.0.2.7:4173", "localhost:4173"].map(ownHosts("192.0.2.7", 4173))).toEqual([true, false]);
  expect(["[2001:db8::7]:4173", "2001:db8::7:4173"].map(ownHosts("2001:db8::7", 4173))).toEqual([true, false]);
});
