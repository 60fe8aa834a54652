// Six seconds with picture and sound, sent into a film as a page's encoder sends them: the init segment, then
// a frame for each fragment of a quarter of a second.

import b4a from 'b4a'
import type { Args } from '../../../core/api/contract.ts'
import { fixture } from '../films/clip.ts'
import { split } from '../films/media.ts'
import { eventually } from '../eventually.ts'
import type { FilmLink } from './film-link.ts'
import type { Page } from './page.ts'

const { inits, fragments } = split(fixture('clip-h264-opus.mp4'), { fragmentMs: 0 })

export const INIT: Uint8Array = inits[0]!.data
export const FRAGMENTS: readonly Uint8Array[] = fragments.map(({ data }) => data)
/** The file they make. */
export const WHOLE: Uint8Array = b4a.concat([INIT, ...FRAGMENTS] as any)

export interface Filming {
  filming: string
  link: FilmLink
}

export async function startFilm(page: Page, args: Args<'film.start'> = {}): Promise<Filming> {
  const { filming } = await page.call('film.start', args)
  return { filming, link: page.film(filming) }
}

/** The init segment and these fragments. @default all */
export function sendClip(link: FilmLink, some: readonly Uint8Array[] = FRAGMENTS): void {
  link.send({ kind: 'init' }, INIT)
  sendFragments(link, some)
}

export function sendFragments(link: FilmLink, some: readonly Uint8Array[]): void {
  for (const fragment of some) link.send({ kind: 'fragment' }, fragment)
}

/** The engine has all that was sent on its disk. */
export async function durable(link: FilmLink): Promise<void> {
  await eventually(() => link.waitingBytes === 0)
}

export async function stopFilm(page: Page, { filming, link }: Filming): Promise<void> {
  await page.call('film.stop', { filming, seq: link.lastSeq })
}
