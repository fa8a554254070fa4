/**
 * What `work` makes of each item, in the order of the items, with at most `count` of them under way. After a failure no further one
 * is begun, and those under way have ended before it is told. @throws the first failure
 */
export async function atATime<T, R>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const line = async (): Promise<void> => {
    while (next < items.length) {
      const place = next++;
      try {
        results[place] = await work(items[place] as T);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  const lines = await Promise.allSettled(Array.from({ length: Math.min(count, items.length) }, line));
  const failed = lines.find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results;
}
