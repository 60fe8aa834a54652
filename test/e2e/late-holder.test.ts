// The author is gone, killed while it filmed. Whoever comes now, for the first time or again, gets what
// any other holder has.

import test from 'brittle'
import type { Assert } from 'brittle'
import { audit } from '../helpers/crashes/audit.ts'
import type { HeldRecording } from '../helpers/crashes/audit.ts'
import { temoin } from '../helpers/cli/cli.ts'
import type { CliProcess } from '../helpers/cli/cli.ts'
import { createCliCircle, createCliDevice, joinCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { longClipIn } from '../helpers/films/clip.ts'
import { decodeAll } from '../helpers/crashes/recovered.ts'

test('Who comes late gets the film from any other holder', { timeout: 300_000 }, async (t) => {
  const { devices, dir } = await createCliCircle(t, ['organiser', 'contact', 'keeper'])
  const [author, witness, away, late] = devices as Four
  const { recording, length } = await filmAndDie(t, { author, witness, away, dir })
  const newcomer = await createCliDevice(t, dir, 'newcomer')
  await joinCliCircle(t, witness, newcomer, 'contact')
  const holding = temoin(t, ['hold'], witness)
  await holding.waitFor('ready')
  const comers = [away, late, newcomer]
  await Promise.all(comers.map((device) => holdUntil(t, device, recording, length)))
  await holding.kill('SIGINT')
  const source = await auditOne(witness, recording)
  t.alike(source.faults, [], 'the witness is sound')
  t.ok(source.length >= length)
  for (const device of comers) {
    const copy = await auditOne(device, recording)
    t.alike(copy.faults, [], `${device.name} is sound`)
    t.ok(copy.length >= length, 'and has all of it')
    if (device === newcomer) t.is(copy.media, null, 'which it may not read')
    else t.alike((await decodeAll(t, [copy])).complaints, [], 'a film')
  }
})

type Four = [CliDevice, CliDevice, CliDevice, CliDevice]

interface Cast {
  author: CliDevice
  /** Holds from the first block to the last. */
  witness: CliDevice
  /** Holds at first, and is gone before the end. */
  away: CliDevice
  dir: string
}

/** @returns what was filmed, and how much of it the witness has signed for */
async function filmAndDie(
  t: Assert,
  { author, witness, away, dir }: Cast
): Promise<{ recording: string; length: number }> {
  const clip = await longClipIn(dir, { seconds: 60 })
  const [seeing, leaving] = [witness, away].map((device) => temoin(t, ['hold'], device))
  await Promise.all([seeing!.waitFor('ready'), leaving!.waitFor('ready')])
  const filming = temoin(t, ['record', clip], author)
  const { recording } = await filming.waitFor('started')
  await leaving!.waitFor('held', ({ length }) => length >= 5)
  await leaving!.kill('SIGKILL')
  const { length } = await seeing!.waitFor('held', ({ length }) => length >= 15)
  await filming.kill('SIGKILL')
  await seeing!.kill('SIGINT')
  return { recording: recording!, length }
}

/** Holds until it has signed for that much, and closes. */
async function holdUntil(
  t: Assert,
  device: CliDevice,
  recording: string,
  length: number
): Promise<void> {
  const holding: CliProcess = temoin(t, ['hold'], device)
  await holding.waitFor('held', (line) => line.recording === recording && line.length >= length)
  await holding.kill('SIGINT')
}

async function auditOne({ storage }: CliDevice, recording: string): Promise<HeldRecording> {
  const [held] = await audit(storage, { only: [recording] })
  if (held === undefined) throw new Error('It knows no such recording')
  return held
}
