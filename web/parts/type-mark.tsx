/** The type of an entity as a small coloured word. */
export function TypeMark({ type }: { type: string }) {
  return <span class={`type type-${type}`}>{type}</span>;
}
