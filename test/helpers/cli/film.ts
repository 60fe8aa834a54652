// A film made with the command itself, and held by another device: where most stories begin.

import type { Assert } from 'brittle'
import { run, temoin } from './cli.ts'
import { createCliCircle } from './circle.ts'
import type { CliDevice } from './circle.ts'
import { endlessClipIn, fixturePath, longClipIn } from '../films/clip.ts'

export const CLIP = fixturePath('clip-h264-opus.mp4')

const AT_ONCE = ['--pace', 'fast', '--wait', '300'] as const
/** Films all of the clip at once, and stays until whoever is here has it, however slow this machine is. */
export const RECORD = ['record', CLIP, ...AT_ONCE] as const

export interface Filmed {
  dir: string
  author: CliDevice
  holder: CliDevice
  recording: string
  length: number
}

/**
 * A film that one holder has all of; no process runs any more.
 * @param seconds of it, where it is to be longer than the clip
 */
export async function filmed(t: Assert, seconds?: number): Promise<Filmed> {
  const { dir, devices } = await createCliCircle(t, ['contact'])
  const [author, holder] = devices as [CliDevice, CliDevice]
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const clip = seconds === undefined ? CLIP : await longClipIn(dir, { seconds })
  const { code, last, err } = await run(t, ['record', clip, ...AT_ONCE], author)
  if (code !== 0) throw new Error(err)
  await holding.waitFor('sealed')
  await holding.kill('SIGINT')
  return { dir, author, holder, recording: last!.recording, length: last!.length }
}

/**
 * Films of one moment however slow this machine is: the first begins before the other, and ends behind it. Whoever
 * is there has all of both then.
 * @param clip of the other
 * @returns the recordings
 */
export async function filmTogether(
  t: Assert,
  dir: string,
  [first, other]: [CliDevice, CliDevice],
  clip: string
): Promise<[string, string]> {
  const how = ['--pace', 'live', '--wait', '300']
  const long = temoin(t, ['record', await endlessClipIn(dir), ...how], first)
  const { recording } = await long.waitFor('started')
  const short = await run(t, ['record', clip, ...how], other)
  if (short.code !== 0) throw new Error(short.err)
  const { code } = await long.kill('SIGINT')
  if (code !== 0) throw new Error(long.err)
  return [recording, short.last!['recording']]
}
