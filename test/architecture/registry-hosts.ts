import { createHash } from "node:crypto";
import type { Violation } from "./violation.ts";

/**
 * Where packages come from is the business of each machine's settings; a host written here would send somebody past
 * their own mirror. The hosts are kept as the first 16 digits of their sha256, so that this list does not name them:
 * the registries of npm, Yarn, PyPI, Rust, Go, Maven, Ruby and Debian.
 */
const registryHostHashes = new Set<string>([
  "8743857e3ea00fd1",
  "3ca29e55be4befa4",
  "87d14f070cb96869",
  "a4aa2ac280bb8d1a",
  "8b5bb5eb9d758455",
  "789e46d79514e280",
  "00a7dc5a0cc38858",
  "9da5f32d96412512",
  "c3db8466ffcd8589",
  "317d2d52829b7812",
  "71741fe2460a6150",
  "e680c440a2e92079",
  "1ba4e37997a2e986",
  "c2b35955576ffa71",
  "fad691c6d9ae77c4",
  "386c042daaf7f1eb",
]);

/** Names of registry hosts, and of hosts under them, in any text file. */
export function registryHostViolations(path: string, text: string): Violation[] {
  const violations: Violation[] = [];
  for (const found of text.matchAll(/(?:[a-z0-9-]+\.)+(?:org|com|io|dev|net)\b/gi)) {
    if (!isRegistryHost(found[0].toLowerCase())) continue;
    const line = text.slice(0, found.index).split("\n").length;
    const todo = "leave the host to the settings of the machine (npm's: omit-lockfile-registry-resolved)";
    violations.push({ file: path, line, what: `names the host of a package registry, ${found[0]}`, todo });
  }
  return violations;
}

function isRegistryHost(host: string): boolean {
  const labels = host.split(".");
  return labels.some((_, at) => registryHostHashes.has(hashOf(labels.slice(at).join("."))));
}

function hashOf(host: string): string {
  return createHash("sha256").update(host).digest("hex").slice(0, 16);
}
