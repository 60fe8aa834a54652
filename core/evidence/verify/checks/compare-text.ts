// A text for people held against the lines that follow from what is signed.

import { ByteCheck } from '../byte-check.ts'
import type { OpenedPackage } from '../opened-package.ts'

/** Vouches for the file where it says just that; fails it where it does not. */
export async function compareText(
  opened: OpenedPackage,
  part: number,
  file: string,
  lines: Iterable<string>
): Promise<void> {
  if (!opened.has(file)) return
  const check = new ByteCheck(opened, file)
  for (const line of lines) await check.next(line)
  if (check.finish()) {
    opened.reasons.vouched.add(file)
    return
  }
  const message = `${file} does not say what the signed files beside it say`
  opened.reasons.fail('TEXT_DIFFERS', message, { file, part })
}
