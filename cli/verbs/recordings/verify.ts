// `temoin verify`: the verdict on an evidence package. Needs no device and no network.

import { directoryFiles } from '../../../core/evidence/verify/directory-files.ts'
import { verifyPackage } from '../../../core/evidence/verify/verify-package.ts'
import type { AnnotationVerdict, Reason, Verdict } from '../../../core/evidence/verify/verdict.ts'
import { quoted } from '../../../core/evidence/text/printable.ts'
import { EXIT_DONE, EXIT_NOT_VERIFIED } from '../../exit-codes.ts'
import { table } from '../../output/table.ts'
import { countText, rounded, timeText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'

const SAID_LATER =
  'Said afterwards, signed by the device that says it; NOT part of what was captured:'

export const verify: Verb = {
  path: 'verify',
  summary: 'Check an evidence package; needs no device and no network',
  args: [['<dir>', 'The folder of the package']],
  run
}

async function run({ args, out }: Invocation): Promise<number> {
  const verdict = await verifyPackage(directoryFiles(args['dir']!))
  out.event('verdict', { ...verdict, seconds: rounded(verdict.seconds) })
  out.say(
    verdict.ok ? soundText(verdict) : 'NOT VERIFIED: this package is not what it claims to be'
  )
  if (verdict.ok) out.say(factsText(verdict))
  for (const reason of verdict.reasons) out.say(reasonText(reason))
  if (verdict.annotations.length > 0) out.say(SAID_LATER)
  for (const said of verdict.annotations) out.say(saidText(said))
  return verdict.ok ? EXIT_DONE : EXIT_NOT_VERIFIED
}

function soundText({ seconds, parts }: Verdict): string {
  const what = parts.length === 1 ? '' : ` in ${countText(parts.length, 'part')}`
  return `VERIFIED: these ${timeText(seconds)} of film${what} are byte for byte what their author signed`
}

function factsText(verdict: Verdict): string {
  const { recording, author, length, sealed, receipts, parts } = verdict
  const holders = new Set(receipts.map(({ device }) => device)).size
  const first = receipts.map(({ at }) => at).sort()[0]
  const dated =
    first === undefined ? 'none' : `from ${countText(holders, 'device')}, the first of ${first}`
  return table([
    ['recording', recording ?? 'unknown'],
    ['author', author ?? 'unknown'],
    ['started', `${parts[0]?.startedAt ?? 'unknown'} by the author's clock`],
    ['blocks', String(length)],
    [
      'end',
      sealed
        ? `sealed: ${parts.at(-1)?.sealReason ?? 'no reason'}`
        : 'no seal: cut off, or exported before its end'
    ],
    ['receipts', dated]
  ])
}

function saidText({ part, seconds, tag, text, device, saidAt }: AnnotationVerdict): string {
  const moment = `part ${part}, ${timeText(seconds)}`
  return `  ${moment}  ${tag ?? 'note'} ${quoted(text)}  (device ${device}, ${saidAt})`
}

/** Anything a stranger may have written is quoted and printable in it already. */
function reasonText({ severity, message }: Reason): string {
  return `${severity === 'failure' ? 'FAILS' : 'note '}  ${message}`
}
