// Fails a test that leaves something running: `const watch = leaks(t)` as its first line.
//
// What it sees: timers set through the globals and neither fired nor cleared (both runtimes, the
// packages' own included), sockets and files still open (Linux: /proc/self/fd, both runtimes), and
// listeners still on the emitters named to `watch.emitter`.
// What it cannot see: handles of native addons that own no file descriptor, a promise that nobody will
// settle, memory. A test that wants to be sure of those counts sessions itself.

import type { Assert } from 'brittle'
import { fs } from '../../core/runtime/fs.ts'
import { eventually } from './eventually.ts'

interface Emitter {
  eventNames(): (string | symbol)[]
  listenerCount(event: any): number
}

export interface Watch {
  /** From now on, `emitter` must not end up with more listeners than it has. Returns it. */
  emitter<E extends object>(emitter: E, name: string): E
  /** What remains, one line each: for who closes everything in mid-test and looks at once. */
  remains(): string[]
}

export interface LeaksOptions {
  /** Timers are not counted whose caller's line in the stack matches. @default brittle's own */
  ignore?: RegExp
  /** Closing is not instant: sockets and files get this long after the test's own teardowns. @default 60_000 */
  graceMs?: number
}

/** Checks after every other teardown of the test, whatever their order. */
export function leaks(
  t: Assert,
  { ignore = /node_modules.brittle/, graceMs = 60_000 }: LeaksOptions = {}
): Watch {
  const timers = watchTimers(ignore)
  const before = openDescriptors()
  const emitters: { emitter: Emitter; name: string; before: Map<unknown, number> }[] = []
  const remains = (): string[] => [
    ...timers.live(),
    ...opened(before),
    ...emitters.flatMap(({ emitter, name, before }) => added(emitter, name, before))
  ]
  t.teardown(() => checkNothing(remains, graceMs).finally(timers.stop), { order: Number.MAX_VALUE })
  return {
    remains,
    emitter(emitter, name) {
      const seen = emitter as unknown as Emitter
      emitters.push({ emitter: seen, name, before: countListeners(seen) })
      return emitter
    }
  }
}

async function checkNothing(remains: () => string[], graceMs: number): Promise<void> {
  await eventually(() => remains().length === 0, { timeoutMs: graceMs }).catch(() => {
    throw new Error('The test leaves behind:\n' + remains().join('\n'))
  })
}

function countListeners(emitter: Emitter): Map<unknown, number> {
  return new Map(emitter.eventNames().map((event) => [event, emitter.listenerCount(event)]))
}

function added(emitter: Emitter, name: string, before: Map<unknown, number>): string[] {
  return emitter
    .eventNames()
    .map((event) => [event, emitter.listenerCount(event) - (before.get(event) ?? 0)] as const)
    .filter(([, more]) => more > 0)
    .map(([event, more]) => `${more} more listeners of ${String(event)} on ${name}`)
}

/** Descriptor number and what it is, of every open socket and file; nothing where /proc is not. */
function openDescriptors(): Map<string, string> {
  const open = new Map<string, string>()
  for (const fd of descriptors()) {
    const target = targetOf(fd)
    if (/^(socket:|\/(?!dev\/|proc\/))/.test(target)) open.set(fd, target)
  }
  return open
}

function descriptors(): string[] {
  try {
    return fs.readdirSync('/proc/self/fd') as string[]
  } catch {
    return []
  }
}

/** The descriptor that listed the folder is gone by now: it has no target. */
function targetOf(fd: string): string {
  try {
    return String(fs.readlinkSync('/proc/self/fd/' + fd))
  } catch {
    return ''
  }
}

function opened(before: Map<string, string>): string[] {
  return [...openDescriptors()]
    .filter(([fd, target]) => before.get(fd) !== target)
    .map(([, target]) => 'open: ' + target)
}

interface TimerWatch {
  live(): string[]
  stop(): void
}

/** Wraps the global timers; each call goes on to the real one. Watches may be nested. */
function watchTimers(ignore: RegExp): TimerWatch {
  const real = globalThis as any
  const { setTimeout, setInterval, clearTimeout, clearInterval } = real
  const live = new Map<unknown, () => string | null>()
  const set = (start: any, name: string, again: boolean) =>
    Object.assign((fn: any, ...rest: unknown[]) => {
      const fire = (...args: unknown[]): unknown => {
        if (!again) live.delete(timer)
        return fn(...args)
      }
      const timer = start(fire, ...rest)
      const here = new Error()
      live.set(timer, () => describe(name, here, ignore))
      return timer
    }, start)
  const clear = (stop: any) => (timer: unknown) => {
    live.delete(timer)
    stop(timer)
  }
  real.setTimeout = set(setTimeout, 'a timer', false)
  real.setInterval = set(setInterval, 'an interval', true)
  real.clearTimeout = clear(clearTimeout)
  real.clearInterval = clear(clearInterval)
  return {
    live: () => [...live.values()].flatMap((describe) => describe() ?? []),
    stop: () => Object.assign(real, { setTimeout, setInterval, clearTimeout, clearInterval })
  }
}

/** Written only when asked for: it takes longer than setting the timer. @returns null where it is ignored */
function describe(name: string, here: Error, ignore: RegExp): string | null {
  const callers = String(here.stack).split('\n').slice(2, 5)
  return ignore.test(callers[0] ?? '') ? null : `${name} set ${callers.join('').trim()}`
}
