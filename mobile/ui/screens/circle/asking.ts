// One call of a screen at a time: whether it is under way, and why the last one failed.

import { useState } from 'preact/hooks'
import { failureText } from './texts.ts'

export interface Asking {
  busy: boolean
  /** A sentence; null where the last one did not fail. */
  failure: string | null
  /** Does nothing while another one is under way. */
  ask: (work: () => Promise<unknown>) => void
}

export function useAsking(): Asking {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const ask = (work: () => Promise<unknown>): void => {
    if (busy) return
    setBusy(true)
    setFailure(null)
    work()
      .catch((err: unknown) => setFailure(failureText(err)))
      .finally(() => setBusy(false))
  }
  return { busy, failure, ask }
}
