// Typed events for ready-resource, mapped over its own declaration (tsconfig `paths`), which accepts
// any event name: here a wrong name or argument is a compile error.

/** The five life verbs start here: open and close run once, concurrent callers share the promise. */
export default class ReadyResource<M = Record<never, never>> {
  opening: Promise<void> | null
  closing: Promise<void> | null
  opened: boolean
  closed: boolean
  ready(): Promise<void>
  close(): Promise<void>
  protected _open(): Promise<void> | void
  protected _close(): Promise<void> | void
  on<E extends keyof M>(event: E, fn: (...args: Args<M[E]>) => void): this
  once<E extends keyof M>(event: E, fn: (...args: Args<M[E]>) => void): this
  off<E extends keyof M>(event: E, fn: (...args: Args<M[E]>) => void): this
  emit<E extends keyof M>(event: E, ...args: Args<M[E]>): boolean
  /** @param n 0 for any number */
  setMaxListeners(n: number): this
  listenerCount<E extends keyof M>(event: E): number
}

type Args<T> = T extends any[] ? T : never
