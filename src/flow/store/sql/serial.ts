/** Does one thing after the other, in the order asked. */
export class Serial {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work, work);
    this.last = result.catch(() => "told to whoever asked for it");
    return result;
  }
}
