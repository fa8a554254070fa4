/** The port that a browser leaves out of the Host header. */
const httpPort = 80;

/**
 * The names this server goes by: what it was bound to, and the usual names of this machine where it is bound to itself.
 * Bound to every address, it may be called by any name: whoever asked for that opened it to the network.
 * @returns whether a Host header is one of them
 */
export function ownHosts(host: string, port: number): (header: string) => boolean {
  if (host === "0.0.0.0" || host === "::") return () => true;
  const names = ["127.0.0.1", "localhost", "::1"].includes(host)
    ? ["127.0.0.1", "localhost", "[::1]"]
    : [bracketed(host.toLowerCase())];
  const own = new Set(names.flatMap((name) => [`${name}:${port}`, ...(port === httpPort ? [name] : [])]));
  return (header) => own.has(header.toLowerCase());
}

/** A host as addresses and Host headers write it: IPv6 in brackets. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
