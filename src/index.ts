export { KindredError } from "./base/index.ts";
export { flow } from "./flow/index.ts";
export { defineConfig, type KindredConfig } from "./pipelines/index.ts";
