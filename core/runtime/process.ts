// This process, and ending another one: what a lock on a directory needs to name its owner, and a panic
// to end it.

import process from '#process'

export function ownPid(): number {
  return process.pid
}

/** Ends a process at once, whatever it does; false where there is none, or it is not ours to end. */
export function endProcess(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}
