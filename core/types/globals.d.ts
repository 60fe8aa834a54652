// The only globals the engine may use: present in Bare, Node, and a phone's worklet alike.
// Anything missing here (Buffer, process, console, TextEncoder, fetch ...) is a compile error on purpose.

interface Timer {
  ref(): Timer
  unref(): Timer
}

declare function setTimeout(fn: (...args: any[]) => void, ms?: number, ...args: any[]): Timer
declare function clearTimeout(timer: Timer | null | undefined): void
declare function setInterval(fn: (...args: any[]) => void, ms?: number, ...args: any[]): Timer
declare function clearInterval(timer: Timer | null | undefined): void
declare function setImmediate(fn: (...args: any[]) => void, ...args: any[]): unknown
declare function queueMicrotask(fn: () => void): void

interface ImportMeta {
  readonly url: string
}
