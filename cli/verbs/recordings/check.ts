// `temoin check`: reads again what is held and hashes it again. A block the disk has changed is no longer
// claimed, its bytes are put aside, and it is fetched again from another holder; all else stays.

import type { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import { HealthCheck, Repair } from '../../../core/replica/health-check.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { path } from '../../../core/runtime/fs.ts'
import { EXIT_DONE, EXIT_FAILED } from '../../exit-codes.ts'
import { findRecording } from '../../facts/recordings.ts'
import { withDevice } from '../../open-device.ts'
import { countText, keyText, shortKey } from '../../output/units.ts'
import { waitMsOf } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

/** Blocks between two lines of progress. */
const STEP = 64
/** Between two looks whether a block has come, ms. */
const LOOK_MS = 200
/** The others have heard by then that what came again is safe here again, ms. */
const TELL_MS = 3000

interface Checked {
  recording: string
  blocks: number
  /** Indexes. */
  lost: number[]
  repaired: number
  /** Every block is whole, and yet together they are not what was signed. */
  isTreeDamaged: boolean
}

export const check: Verb = {
  path: 'check',
  summary: 'Read and hash again what is held; repair it from other holders',
  args: [['[recording]', 'One recording; all where none is given']],
  flags: [['--wait <seconds>', 'How long to fetch damaged blocks again (default 30)']],
  run
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, out, stop } = invocation
  const waitMs = waitMsOf(flags, 30, 86_400)
  const checked = await withDevice(invocation, { offline: true, again: true }, async (device) => {
    const found: Checked[] = []
    for (const replica of chosen(invocation, device)) {
      if (!stop.requested) found.push(await checkOne(invocation, device, replica))
    }
    return found
  })
  const broken = checked.filter(({ lost }) => lost.length > 0)
  if (broken.length > 0 && waitMs > 0 && !stop.requested) await repair(invocation, broken, waitMs)
  return tell(out, checked)
}

function chosen({ args }: Invocation, device: Device): Replica[] {
  const wanted = args['recording']
  if (wanted !== undefined) return [findRecording(device, wanted).replica]
  return device.circles
    .flatMap((exchange) => exchange.replicas)
    .filter(({ length, core }) => length > 0 || (core?.length ?? 0) > 0)
}

async function checkOne(
  { out, stop, settings }: Invocation,
  device: Device,
  replica: Replica
): Promise<Checked> {
  const health = new HealthCheck({ replica, self: device.key })
  while (!stop.requested && (await health.step(STEP))) {
    out.progress(`${shortKey(replica.key)}: ${countText(health.next, 'block')} read`)
  }
  const isTreeDamaged = health.lost.length === 0 && (await health.isSigned()) === false
  await health.giveUp(path.join(settings.storage, 'quarantine'))
  const { next: blocks, lost } = health
  return { recording: keyText(replica.key), blocks, lost, repaired: 0, isTreeDamaged }
}

/** With the network this time. */
async function repair(invocation: Invocation, broken: Checked[], waitMs: number): Promise<void> {
  await withDevice(invocation, {}, async (device) => {
    for (const checked of broken) await repairOne(invocation, device, checked, waitMs)
    const repaired = broken.filter(({ lost, repaired }) => repaired === lost.length)
    await invocation.stop.until(
      () => repaired.every(({ recording }) => isSignedFor(device, recording)),
      TELL_MS
    )
  })
}

async function repairOne(
  { out, stop }: Invocation,
  device: Device,
  checked: Checked,
  waitMs: number
): Promise<void> {
  const { recording, lost } = checked
  out.progress(`${recording.slice(0, 8)}: fetching ${countText(lost.length, 'block')} again`)
  const again = new Repair(findRecording(device, recording).replica, lost)
  await again.start()
  for (let waited = 0; waited < waitMs && !stop.requested; waited += LOOK_MS) {
    if (await again.isDone()) break
    await stop.sleep(LOOK_MS)
  }
  again.stop()
  checked.repaired = lost.length - again.left
}

/** In our journal again: what was lost counts as safe here from then on. */
function isSignedFor(device: Device, recording: string): boolean {
  const { replica } = findRecording(device, recording)
  return replica.receipts.journaledOf(device.key) >= replica.length
}

function tell(out: Invocation['out'], checked: Checked[]): number {
  let left = 0
  for (const { recording, blocks, lost, repaired } of checked) {
    out.event('checked', { recording, blocks, damaged: lost.length, repaired })
    const state = lost.length === 0 ? 'sound' : `${lost.length} damaged, ${repaired} repaired`
    out.say(`${recording}: ${countText(blocks, 'block')}, ${state}`)
    left += lost.length - repaired
  }
  for (const { recording, isTreeDamaged } of checked) {
    if (isTreeDamaged) out.failure(treeDamaged(recording))
  }
  out.event('done', { recordings: checked.length, lost: left })
  if (checked.length === 0) out.say('Nothing is held here yet')
  if (left > 0) out.say(stillLost(left))
  const isWell = left === 0 && checked.every(({ isTreeDamaged }) => !isTreeDamaged)
  return isWell ? EXIT_DONE : EXIT_FAILED
}

function stillLost(count: number): string {
  const what = count === 1 ? '1 block' : `${count} blocks`
  return `${what} could not be fetched again; everything else is kept. Run this again when another holder is online`
}

function treeDamaged(recording: string): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    `The blocks of ${recording} are here, but not as their author signed them: export it from another holder`
  )
}
