// Who is meant by a device's key, in words.

import type { Key, RecordingState } from '../../../../core/api/contract.ts'
import { slice } from '../../engine/engine.ts'
import { isSelf, nameOf, shortKey } from '../../state/names.ts'
import { t } from '../../words/words.ts'

const circles = slice('circles')

export function authorOf({ own, circle, author }: RecordingState): string {
  return own ? t('recordings.you') : personOf(circle, author)
}

export function titleOf(film: RecordingState): string {
  return film.own ? t('watch.ofYou') : t('watch.of', { name: authorOf(film) })
}

/** This very device. */
export function isOwn(circle: Key, device: Key): boolean {
  return isSelf(circles.value, circle, device)
}

export function personOf(circle: Key, device: Key): string {
  if (isOwn(circle, device)) return t('recordings.you')
  const name = nameOf(circles.value, circle, device)
  return name === '' ? t('recordings.unnamed', { key: shortKey(device) }) : name
}
