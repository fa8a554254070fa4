/** What came right of the middle, what went left of it; `most` is what fills a side. */
export function ChangeBar({ gained, lost, most }: { gained: number; lost: number; most: number }) {
  const width = (value: number): number => (value === 0 ? 0 : Math.max(0.6, (49 * value) / Math.max(1, most)));
  return (
    <svg class="change-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="against" x={50 - width(lost)} width={width(lost)} height="10" />
      <rect class="for" x="50" width={width(gained)} height="10" />
      <line x1="50" x2="50" y1="0" y2="10" />
    </svg>
  );
}

/** How many of all are the same, new and lost. */
export function ShareBar({ same, gained, lost }: { same: number; gained: number; lost: number }) {
  const all = Math.max(1, same + gained + lost);
  const parts = [
    { name: "lost", share: (100 * lost) / all, kind: "against" },
    { name: "same", share: (100 * same) / all, kind: "same" },
    { name: "new", share: (100 * gained) / all, kind: "for" },
  ];
  return (
    <svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ name, share, kind }, place) => {
        const x = parts.slice(0, place).reduce((sum, before) => sum + before.share, 0);
        return share > 0 && <rect key={name} class={kind} x={x} width={Math.max(0.4, share)} height="10" />;
      })}
    </svg>
  );
}
