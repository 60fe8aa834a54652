// Passing on what parts of the device tell.

interface Source<E> {
  on(event: E, fn: (...args: any[]) => void): unknown
}

interface Sink<E> {
  emit(event: E, ...args: any[]): unknown
}

/** Tells on `to` whatever `from` tells of these, for as long as both live. */
export function forward<E extends string>(
  events: readonly E[],
  from: Source<E>,
  to: Sink<E>
): void {
  for (const event of events) from.on(event, (...args) => void to.emit(event, ...args))
}
