// `temoin lock` while another temoin has the device open: a file in its directory asks that process to
// lock, and bears another name once it has. Nothing that opens anything goes this way, so there is no
// unlocking by it.
// Must never: lock what was only just opened, for a request that nobody waits on any more; or say locked
// because a request is gone, which a process that has just begun takes away as well.

import type { Device } from '../../core/device.ts'
import { exists, fs, path } from '../../core/runtime/fs.ts'
import { Beat } from '../../core/runtime/beat.ts'
import { setMark } from '../../core/store/files/mark.ts'
import { keyText } from '../output/units.ts'
import type { Invocation } from '../verb.ts'

const REQUEST = 'lock-request'
/** What it is called once it is done. */
const DONE = 'lock-done'
/** How often a running process looks for it. */
const LOOK_EVERY_MS = 500
/** A machine that is busy filming takes its time. */
const PATIENCE_MS = 10_000

/** True once the process that has the device open has locked it; false where it did not answer. */
export async function askToLock(storage: string): Promise<boolean> {
  const [request, done] = [path.join(storage, REQUEST), path.join(storage, DONE)]
  await remove(done)
  try {
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
      if (!(await exists(request))) await setMark(request)
      await new Promise<void>((resolve) => void setTimeout(resolve, LOOK_EVERY_MS))
      if (await exists(done)) return true
    }
    return false
  } finally {
    await remove(request)
    await remove(done)
  }
}

/** Locks this device whenever it is asked to, until `stop`. */
export class LockRequests {
  readonly #device: Device
  readonly #invocation: Invocation
  readonly #request: string
  readonly #beat = new Beat(LOOK_EVERY_MS, () => void this.#look().catch(() => {}))
  #isBusy = false

  constructor(device: Device, invocation: Invocation) {
    this.#device = device
    this.#invocation = invocation
    this.#request = path.join(invocation.settings.storage, REQUEST)
  }

  async start(): Promise<void> {
    await remove(this.#request) // of somebody who waits no more
    this.#beat.start()
  }

  stop(): void {
    this.#beat.stop()
  }

  async #look(): Promise<void> {
    if (this.#isBusy || !(await exists(this.#request))) return
    this.#isBusy = true
    try {
      if (!this.#device.isLocked) await this.#lock()
      await fs.promises.rename(this.#request, path.join(path.dirname(this.#request), DONE))
    } finally {
      this.#isBusy = false
    }
  }

  async #lock(): Promise<void> {
    const { out } = this.#invocation
    await this.#device.lock()
    out.event('locked', { device: keyText(this.#device.key), changed: false })
    out.note(
      'Locked: filming, handing on and holding go on; nothing is opened until it is started again'
    )
  }
}

function remove(file: string): Promise<void> {
  return fs.promises.rm(file, { force: true })
}
