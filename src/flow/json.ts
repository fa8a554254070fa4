/**
 * `T` where it survives a round trip through JSON, `never` in each place where it would not: functions, dates, maps,
 * typed arrays, bigints, symbols, `unknown`. An absent property may be `undefined`.
 */
export type Jsonable<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends
        | ((...values: never[]) => unknown)
        | bigint
        | symbol
        | Date
        | RegExp
        | ReadonlyMap<never, never>
        | ReadonlySet<never>
    ? never
    : T extends ArrayBufferView | ArrayBufferLike | Promise<unknown> | Error
      ? never
      : T extends object
        ? { [K in keyof T]: Jsonable<T[K]> }
        : never;
