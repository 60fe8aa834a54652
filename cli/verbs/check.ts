// `temoin check`: reads again what is held and hashes it again. A block the disk has changed is given
// up and fetched again from another holder.

import type Hypercore from 'hypercore'
import type { Device } from '../../core/device.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { damagedBlocks, giveUpBlock, isWhole } from '../../core/store/block-check.ts'
import { EXIT_DONE, EXIT_FAILED } from '../exit-codes.ts'
import { findRecording } from '../facts/recordings.ts'
import { withDevice } from '../open-device.ts'
import type { Stop } from '../stop.ts'
import { countText, keyText, seconds, shortKey } from '../units.ts'
import type { Invocation, Verb } from '../verb.ts'

/** Blocks between two lines of progress. */
const STEP = 64
/** Between two looks whether a block has come, ms. */
const LOOK_MS = 200

interface Checked {
  recording: string
  blocks: number
  /** Indexes. */
  damaged: number[]
  repaired: number
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
  const waitMs = 1000 * seconds('--wait', String(flags['wait'] ?? '30'), { min: 0, max: 86_400 })
  const checked = await withDevice(invocation, { offline: true, again: true }, async (device) => {
    const found: Checked[] = []
    for (const replica of chosen(invocation, device)) {
      if (!stop.requested) found.push(await checkOne(invocation, replica))
    }
    return found
  })
  const broken = checked.filter(({ damaged }) => damaged.length > 0)
  if (broken.length > 0 && waitMs > 0 && !stop.requested) await repair(invocation, broken, waitMs)
  return tell(out, checked)
}

function chosen({ args }: Invocation, device: Device): Replica[] {
  const wanted = args['recording']
  if (wanted !== undefined) return [findRecording(device, wanted).replica]
  return device.circles.flatMap((exchange) => exchange.replicas).filter(({ length }) => length > 0)
}

async function checkOne({ out, stop }: Invocation, replica: Replica): Promise<Checked> {
  const core = await replica.wake()
  const damaged: number[] = []
  let blocks = 0
  for (let start = 0; start < core.length && !stop.requested; start += STEP) {
    blocks = Math.min(start + STEP, core.length)
    damaged.push(...(await damagedBlocks(core, start, blocks)))
    out.progress(`${shortKey(replica.key)}: ${blocks} of ${countText(core.length, 'block')} read`)
  }
  return { recording: keyText(replica.key), blocks, damaged, repaired: 0 }
}

/** With the network this time. */
async function repair(invocation: Invocation, broken: Checked[], waitMs: number): Promise<void> {
  await withDevice(invocation, {}, async (device) => {
    for (const checked of broken) {
      const { recording, damaged } = checked
      const what = countText(damaged.length, 'block')
      invocation.out.progress(`${recording.slice(0, 8)}: fetching ${what} again`)
      const core = await findRecording(device, recording).replica.wake()
      checked.repaired = await fetchAgain(invocation.stop, core, damaged, waitMs)
    }
  })
}

/**
 * Lets go of damaged blocks and waits for them to come again.
 * @returns how many came
 */
async function fetchAgain(
  stop: Stop,
  core: Hypercore,
  damaged: number[],
  waitMs: number
): Promise<number> {
  for (const index of damaged) await giveUpBlock(core, index)
  const wanted = damaged.map((index) => core.download({ start: index, end: index + 1 }))
  const left = new Set(damaged)
  for (let waited = 0; left.size > 0 && waited < waitMs && !stop.requested; waited += LOOK_MS) {
    await stop.sleep(LOOK_MS)
    for (const index of left) if (await isWhole(core, index)) left.delete(index)
  }
  for (const download of wanted) download.destroy()
  return damaged.length - left.size
}

function tell(out: Invocation['out'], checked: Checked[]): number {
  let lost = 0
  for (const { recording, blocks, damaged, repaired } of checked) {
    out.event('checked', { recording, blocks, damaged: damaged.length, repaired })
    const state = damaged.length === 0 ? 'sound' : `${damaged.length} damaged, ${repaired} repaired`
    out.say(`${recording}: ${countText(blocks, 'block')}, ${state}`)
    lost += damaged.length - repaired
  }
  out.event('done', { recordings: checked.length, lost })
  if (checked.length === 0) out.say('Nothing is held here yet')
  if (lost === 0) return EXIT_DONE
  out.say(
    `${countText(lost, 'block')} could not be fetched again: run this again when another holder is online`
  )
  return EXIT_FAILED
}
