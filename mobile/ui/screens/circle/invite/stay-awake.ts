// Keeps the screen on while a code is shown, where the browser can; asks again when the page comes back.

/** @returns what ends it */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let ended = false
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    lock = await navigator.wakeLock.request('screen')
    if (ended) await lock.release()
  }
  const again = (): void => void ask().catch(() => {}) // the screen goes dark: no harm
  again()
  document.addEventListener('visibilitychange', again)
  return () => {
    ended = true
    document.removeEventListener('visibilitychange', again)
    void lock?.release().catch(() => {})
  }
}
