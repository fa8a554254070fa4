import { enableCompileCache } from "node:module";

// Before anything else is loaded: what this worker loads is compiled already when another one loaded it before.
enableCompileCache(process.argv[2] as string);
await import("./worker-main.ts");
