// The machine a figure was taken on, named by what matters for it and by nothing that names its owner.

import os from '#os'
import process from '#process'

export function machine(): string {
  const cores = os.cpus()
  const model = (cores[0]?.model ?? 'unknown processor').trim()
  const memoryGiB = Math.round(os.totalmem() / 2 ** 30)
  return `${cores.length} x ${model}, ${memoryGiB} GiB, ${os.type()} ${kernel()}, Node ${process.version}`
}

/** Only the numbers: a distribution's suffix can tell whose machine it is. */
function kernel(): string {
  return /^[\d.]+/.exec(os.release())?.[0] ?? os.release()
}
