// Which parts a package has, and whether each has its files and nothing lies about besides. A file
// that no check covers could tell a reader anything, so there may be none.

import b4a from 'b4a'
import {
  annotationFiles,
  COMMON_FILES,
  FORMAT,
  FORMAT_FILE,
  MAX_PARTS,
  mediaFiles,
  partFiles,
  partOf
} from '../../layout.ts'
import type { OpenedPackage } from '../opened-package.ts'
import { excerpt } from '../../text/printable.ts'

/** How many parts to check, counted from 1; 0 where this is no package. */
export async function checkLayout(opened: OpenedPackage): Promise<number> {
  const { reasons } = opened
  const parts = countParts(opened.names)
  if (parts === 0 || parts > MAX_PARTS) {
    reasons.fail('NOT_A_PACKAGE', 'This folder holds no evidence package: there is no log in it')
    return 0
  }
  if (!(await checkFormat(opened))) return 0
  const expected = new Set<string>(COMMON_FILES)
  for (let part = 1; part <= parts; part++) expectPart(opened, part, expected)
  for (const name of COMMON_FILES) if (!opened.has(name)) missing(opened, name)
  for (const name of opened.names) if (!expected.has(name)) unexpected(opened, name)
  return parts
}

/** The log decides: a film without one is no part. */
function countParts(names: string[]): number {
  const logs = names.filter((name) => name.startsWith('log/'))
  return logs.reduce((most, name) => Math.max(most, partOf(name) ?? 0), 0)
}

async function checkFormat(opened: OpenedPackage): Promise<boolean> {
  if (!opened.has(FORMAT_FILE)) return true // said by the caller as a missing file
  const bytes = await opened.whole(FORMAT_FILE, 64)
  const text = bytes === null ? '' : b4a.toString(bytes as any, 'latin1')
  if (text === FORMAT) {
    opened.reasons.vouched.add(FORMAT_FILE)
    return true
  }
  const newer = /^temoin evidence package [1-9][0-9]{0,3}\n$/.test(text)
  const message = newer
    ? 'This package was made by a newer version: verify it with that version or a later one'
    : `${FORMAT_FILE} is damaged`
  opened.reasons.fail('FORMAT_UNKNOWN', message, { file: FORMAT_FILE })
  return !newer
}

function expectPart(opened: OpenedPackage, part: number, expected: Set<string>): void {
  const files = Object.values(partFiles(part)) as string[]
  if (!files.some((name) => opened.has(name))) {
    const message = `Part ${part} is missing: later parts of the film are here, this one is not`
    opened.reasons.fail('PART_MISSING', message, { part })
    return
  }
  for (const name of files) {
    expected.add(name)
    if (!opened.has(name)) missing(opened, name, part)
  }
  const said = Object.values(annotationFiles(part)) as string[]
  if (said.some((name) => opened.has(name))) {
    for (const name of said) {
      expected.add(name)
      if (!opened.has(name)) missing(opened, name, part)
    }
  }
  const media = mediaFiles(part).filter((name) => opened.has(name))
  if (media.length === 0) filmMissing(opened, part)
  else expected.add(media[0]!)
}

/** Which ending it had only SHA256SUMS knows. */
function filmMissing({ reasons }: OpenedPackage, part: number): void {
  const names = mediaFiles(part)
  const file = names.find((name) => reasons.accuses(name)) ?? null
  const message = `The film of part ${part} is missing: ${names.join(', or ')}`
  reasons.fail('FILE_MISSING', message, { file, part })
}

function missing(opened: OpenedPackage, file: string, part: number | null = null): void {
  opened.reasons.fail('FILE_MISSING', `${file} is missing`, { file, part })
}

function unexpected(opened: OpenedPackage, file: string): void {
  const message = `${excerpt(file)} does not belong to an evidence package: take it out`
  opened.reasons.fail('FILE_UNEXPECTED', message, { file })
}
