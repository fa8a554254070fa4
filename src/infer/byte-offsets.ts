/** Units between two remembered offsets: a look-up encodes at most this many. */
const stride = 2048;

/** Makes a function from UTF-16 index to UTF-8 byte offset, for well-formed text; indices inside a pair are not asked for. */
export function byteOffsetsOf(text: string): (index: number) => number {
  const starts: number[] = [0];
  const bytes: number[] = [0];
  for (let start = 0; start + stride < text.length; ) {
    const end = isLowSurrogate(text, start + stride) ? start + stride + 1 : start + stride;
    bytes.push((bytes.at(-1) as number) + Buffer.byteLength(text.slice(start, end)));
    starts.push(end);
    start = end;
  }
  return (index) => {
    // Strides differ by at most one unit, so the wanted one is the guess or one of its neighbours.
    let at = Math.min(starts.length - 1, Math.floor(index / stride));
    while (at > 0 && (starts[at] as number) > index) at--;
    return (bytes[at] as number) + Buffer.byteLength(text.slice(starts[at], index));
  };
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
