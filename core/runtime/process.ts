// This process, how it runs, and ending another one: what a lock on a directory needs to name its owner,
// and a panic to end it.

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

/** Of V8: how much of a function runs before it is compiled anew, for speed. 66 KiB is its default. */
const INTERRUPT_BUDGET = { soon: 67_584, late: 1_000_000 }

/**
 * For a program that runs a device, once that is open: V8 is to compile a function anew, for speed, only
 * after about fifteen times as much running as by default. What handles a block of a film runs four times a
 * second; compiling it took more time and memory than the result gave back (bench/README.md). So does what
 * loads a program, which runs once: cli/bin.mjs begins so. Not while the device opens: a start reads ten
 * thousands of journal entries in one go, and takes a fifth longer without (`compileSoon`). Nothing under
 * Bare, and where V8 no longer knows the setting.
 */
export function compileLate(): void {
  setBudget(INTERRUPT_BUDGET.late)
}

/** As V8 does by default. @see compileLate */
export function compileSoon(): void {
  setBudget(INTERRUPT_BUDGET.soon)
}

function setBudget(bytes: number): void {
  const builtin = (process as { getBuiltinModule?: (name: string) => any }).getBuiltinModule
  builtin?.('v8').setFlagsFromString(`--interrupt-budget=${bytes}`)
}
