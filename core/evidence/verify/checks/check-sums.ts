// SHA256SUMS against the files. It is signed by nobody, so it proves nothing against an attacker; it
// catches damage, and whether it or the file is at fault is settled by the other checks.

import b4a from 'b4a'
import { hex } from '../../../encoding/hex.ts'
import { RunningHash } from '../../../recording/running-hash.ts'
import { SUMS, partOf } from '../../layout.ts'
import type { OpenedPackage } from '../opened-package.ts'
import { excerpt } from '../../text/printable.ts'

/** A name, two spaces, 64 hex digits, a line feed; names here are ASCII. */
const MAX_LINE_BYTES = 512

const LINE = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._/-]{0,255})$/

/** Names of files whose bytes are not those SHA256SUMS gives. */
export async function checkSums(opened: OpenedPackage): Promise<string[]> {
  const sums = await readSums(opened)
  if (sums === null) return []
  const differ: string[] = []
  for (const name of opened.names) {
    const listed = sums.get(name)
    if (name === SUMS) continue
    if (listed === undefined) unlisted(opened, name)
    else if (listed !== (await sha256(opened, name))) differ.push(name)
  }
  for (const name of sums.keys()) if (!opened.has(name)) gone(opened, name)
  return differ
}

/** Says who is at fault: a file that is good by other means puts SHA256SUMS in the wrong. */
export function settleSums(opened: OpenedPackage, differ: string[]): void {
  const { reasons } = opened
  for (const name of differ) {
    if (reasons.vouched.has(name) && !reasons.accuses(name)) {
      const message = `SHA256SUMS gives another fingerprint for ${name}, which fits the signed log: SHA256SUMS was changed`
      reasons.fail('SUMS_WRONG', message, { file: SUMS })
    } else {
      const message = `${excerpt(name)} does not have the fingerprint SHA256SUMS gives for it: it was changed`
      reasons.fail('FILE_CHANGED', message, { file: name, part: partOf(name) })
    }
  }
}

async function readSums(opened: OpenedPackage): Promise<Map<string, string> | null> {
  const { reasons } = opened
  if (!opened.has(SUMS)) {
    reasons.fail('FILE_MISSING', 'SHA256SUMS is missing', { file: SUMS })
    return null
  }
  const maxBytes = (opened.names.length + 64) * MAX_LINE_BYTES
  const bytes = await opened.whole(SUMS, maxBytes)
  const lines = bytes === null ? null : b4a.toString(bytes as any, 'latin1').split('\n')
  if (lines === null || lines.pop() !== '') {
    reasons.fail('SUMS_DAMAGED', 'SHA256SUMS is cut short or far too long', { file: SUMS })
    return null
  }
  return parse(opened, lines)
}

function parse(opened: OpenedPackage, lines: string[]): Map<string, string> {
  const sums = new Map<string, string>()
  let before = ''
  for (const [i, line] of lines.entries()) {
    const [, hash, name] = LINE.exec(line) ?? []
    if (hash === undefined || name === undefined || name <= before || leaves(name)) {
      const message = `Line ${i + 1} of SHA256SUMS is not one a package has: ${excerpt(line)}`
      opened.reasons.fail('SUMS_DAMAGED', message, { file: SUMS })
    } else {
      sums.set(name, hash)
      before = name
    }
  }
  return sums
}

/** True for a name that could lead out of the package. */
function leaves(name: string): boolean {
  return name.split('/').some((piece) => piece === '' || piece === '.' || piece === '..')
}

async function sha256(opened: OpenedPackage, name: string): Promise<string> {
  const hash = new RunningHash()
  for await (const piece of opened.pieces(name)) hash.update(piece)
  return hex(hash.digest())
}

function unlisted(opened: OpenedPackage, name: string): void {
  const message = `${excerpt(name)} is in the folder but not in SHA256SUMS`
  opened.reasons.fail('FILE_UNEXPECTED', message, { file: name })
}

function gone(opened: OpenedPackage, name: string): void {
  const message = `${excerpt(name)} is named by SHA256SUMS but missing`
  opened.reasons.fail('FILE_MISSING', message, { file: name, part: partOf(name) })
}
