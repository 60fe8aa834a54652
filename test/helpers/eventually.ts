// Waiting for something that will be so, without saying when. The only wait tests may use: no test
// asserts how long anything took.

/** Longer than anything takes on a machine that does ten other things: it costs only where a test fails. */
const PATIENCE_MS = 60_000

/**
 * Calls `fn` until it returns something truthy without throwing, and returns that.
 * @throws the last error of `fn`, or one that shows `fn`, once `timeoutMs` have passed
 */
export async function eventually<T>(
  fn: () => T | Promise<T>,
  { timeoutMs = PATIENCE_MS, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {}
): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs
  for (;;) {
    const outcome = await attempt(fn)
    if (outcome.ok) return outcome.value
    if (Date.now() >= deadlineMs) throw outcome.error
    await new Promise<void>((resolve) => setTimeout(resolve, everyMs))
  }
}

type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown }

async function attempt<T>(fn: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    const value = await fn()
    return value
      ? { ok: true, value }
      : { ok: false, error: new Error('It never came true: ' + fn) }
  } catch (error) {
    return { ok: false, error }
  }
}
