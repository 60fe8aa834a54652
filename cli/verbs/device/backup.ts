// `temoin backup`: a copy of this device's directory, made while it runs or rests; `restore` makes a device
// of it again.

import { TemoinError } from '../../../core/errors.ts'
import { exists, fs, path } from '../../../core/runtime/fs.ts'
import { deviceMissing, hasNoDevice } from '../../open-device.ts'
import { bytesText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const backup: Verb = {
  path: 'backup',
  summary: 'Copy this device, whether it runs or not, to be used should it be lost ("restore")',
  args: [['<dir>', 'A folder that does not exist yet, better on another disk']],
  run: backUp
}

/** Also the relay's `backup`. */
export async function backUp({ program, args, settings, out, stop }: Invocation): Promise<void> {
  const { storage } = settings
  const dir = args['dir']!
  if (await hasNoDevice(storage)) throw deviceMissing(storage, program)
  if (await isWithin(storage, dir)) throw inItself(storage)
  const { copyRunning } = await import('../../../core/store/backup/copy-running.ts')
  let bytes = 0
  await copyRunning(storage, dir, (more) => {
    if (stop.requested) throw isStopped()
    bytes += more
    out.progress(`${bytesText(bytes)} copied`)
  })
  out.event('backed-up', { dir, bytes })
  out.say(
    `${bytesText(bytes)} copied to ${dir}, with the keys of this device: keep it where only you can read it. Should this device be lost: "${program} restore --yes --storage ${dir}"`
  )
}

/** By whatever links. */
async function isWithin(storage: string, dir: string): Promise<boolean> {
  const way = path.relative(await realOf(storage), await realOf(dir))
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way))
}

/** Where a file is, or will be once it is made. */
async function realOf(file: string): Promise<string> {
  const full = path.resolve(file)
  const above = path.dirname(full)
  if (above === full || (await exists(full))) return String(await fs.promises.realpath(full))
  return path.join(await realOf(above), path.basename(full))
}

function isStopped(): TemoinError {
  return new TemoinError('CLOSED', 'Stopped: nothing of the copy is left')
}

function inItself(storage: string): TemoinError {
  return new TemoinError(
    'BAD_INPUT',
    `A copy within ${storage} would be lost with it: name another folder`
  )
}
