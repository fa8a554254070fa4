/** Words with dots within, so that no segment is `..` and none is hidden; a first slash would make the name absolute. */
const plainName = /^[\w-]+(\.[\w-]+)*(\/[\w-]+(\.[\w-]+)*)*$/;

/** The pages' file that a path asks for; undefined where it could name anything outside their folder. */
export function assetName(path: string): string | undefined {
  if (path === "/") return "index.html";
  const name = path.slice(1);
  return plainName.test(name) ? name : undefined;
}
