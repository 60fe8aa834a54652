// A film made with the command itself, and held by another device: where most stories begin.

import type { Assert } from 'brittle'
import { run, temoin } from './cli.ts'
import { createCliCircle } from './circle.ts'
import type { CliDevice } from './circle.ts'
import { fixturePath } from '../films/clip.ts'

export const CLIP = fixturePath('clip-h264-opus.mp4')

/** Films all of the clip at once, and stays until whoever is here has it, however slow this machine is. */
export const RECORD = ['record', CLIP, '--pace', 'fast', '--wait', '300'] as const

export interface Filmed {
  dir: string
  author: CliDevice
  holder: CliDevice
  recording: string
  length: number
}

/** A film that one holder has all of; no process runs any more. */
export async function filmed(t: Assert): Promise<Filmed> {
  const { dir, devices } = await createCliCircle(t, ['contact'])
  const [author, holder] = devices as [CliDevice, CliDevice]
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const { code, last, err } = await run(t, [...RECORD], author)
  if (code !== 0) throw new Error(err)
  await holding.waitFor('sealed')
  await holding.kill('SIGINT')
  return { dir, author, holder, recording: last!.recording, length: last!.length }
}
