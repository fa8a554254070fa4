import { createRequire, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const packageName = "kindred";
/** What a user's module may import without having installed it: ours is lent to it, since params are declared with it. */
const lentPackage = "zod";
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

/**
 * Imports a module of the user's in which `kindred` and `kindred/<room>` mean the Kindred that runs, wherever the file
 * lies: beside an installed package, in a checkout that was never built, or where npx left nothing to resolve.
 * What is loaded already is not loaded again, as a second copy would be.
 */
export async function importWithOwnPackage(url: string): Promise<unknown> {
  const hooks = hookOwnPackage();
  try {
    return await import(url);
  } finally {
    hooks.deregister();
  }
}

/** The same at once, for a module without top-level `await`. */
export function requireWithOwnPackage(path: string): unknown {
  const hooks = hookOwnPackage();
  try {
    return createRequire(import.meta.url)(path);
  } finally {
    hooks.deregister();
  }
}

/** The same for whatever this process imports from now on: a task may import when it runs, long after its module was loaded. */
export function lendOwnPackage(): void {
  hookOwnPackage();
}

function hookOwnPackage(): ReturnType<typeof registerHooks> {
  return registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const own = ownModule(specifier);
      if (own !== undefined) return { url: own, shortCircuit: true };
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        if (specifier !== lentPackage) throw error;
        return { url: pathToFileURL(createRequire(import.meta.url).resolve(specifier)).href, shortCircuit: true };
      }
    },
  });
}

function ownModule(specifier: string): string | undefined {
  const [name, room, ...rest] = specifier.split("/");
  if (name !== packageName || rest.length > 0) return undefined;
  const path = room === undefined ? `index${extension}` : `${room}/index${extension}`;
  return new URL(`../${path}`, import.meta.url).href;
}
