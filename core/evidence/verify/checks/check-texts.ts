// README.txt, VERIFY.txt and verify.sh: nobody signed them, so they are written again and compared.
// A difference is a finding, not a failure: another version of the software words them otherwise.

import b4a from 'b4a'
import { README, SCRIPT, STEPS } from '../../layout.ts'
import type { OpenedPackage } from '../opened-package.ts'
import type { PartFacts } from '../../part-facts.ts'
import { authorNameIn, readmeText } from '../../text/readme.ts'
import { STEPS_TEXT } from '../../text/steps.ts'
import { VERIFY_SCRIPT } from '../../text/verify-script.ts'

/** Nothing this version writes comes near. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024

/** @param parts facts of every part, all of them checked and good; null where they are not */
export async function checkTexts(opened: OpenedPackage, parts: PartFacts[] | null): Promise<void> {
  await compare(opened, STEPS, () => STEPS_TEXT)
  await compare(opened, SCRIPT, () => VERIFY_SCRIPT)
  if (parts === null) return
  await compare(opened, README, (found) => readmeText(parts, authorNameIn(found)))
}

async function compare(
  opened: OpenedPackage,
  file: string,
  expected: (found: string) => string
): Promise<void> {
  if (!opened.has(file)) return
  const bytes = await opened.whole(file, MAX_TEXT_BYTES)
  const found = bytes === null ? '' : b4a.toString(bytes as any, 'utf8')
  if (bytes !== null && b4a.equals(bytes, b4a.from(expected(found)))) {
    opened.reasons.vouched.add(file)
    return
  }
  const message = `${file} is not what this version writes for this package: rely on this verdict, not on that file`
  opened.reasons.find('TEXT_UNKNOWN', message, { file })
}
