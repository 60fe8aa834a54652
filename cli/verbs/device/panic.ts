// `temoin panic`: wipes the keys of this device, then what others are known to hold. Asks nobody but the
// person at the terminal: no passphrase, no sound store, no other process of ours stands in its way.

import { TemoinError } from '../../../core/errors.ts'
import type { Wiped } from '../../../core/device/taken/panic.ts'
import { EXIT_DONE, EXIT_FAILED } from '../../exit-codes.ts'
import { askVisible, hasTerminal } from '../../passphrase/terminal.ts'
import { countText, keyText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const panic: Verb = {
  path: 'panic',
  summary: 'Wipe the keys of this device, then what others hold; say what was not safe yet',
  flags: [
    ['--yes', 'Do not ask'],
    ['--everything', 'Wipe as well what nobody else is known to hold: then it is lost']
  ],
  run
}

async function run(invocation: Invocation): Promise<number> {
  const { settings, out, flags } = invocation
  const everything = flags['everything'] === true
  if (flags['yes'] !== true) await confirm(invocation, everything)
  const { panic: wipeAll } = await import('../../../core/device/taken/panic.ts')
  const wiped = await wipeAll(settings.storage, {
    everything,
    onKeysWiped: () => {
      out.event('keys-wiped', {})
      out.note('The keys are gone: nothing here opens anything any more')
    }
  })
  tell(invocation, wiped)
  return wiped.left || wiped.running ? EXIT_FAILED : EXIT_DONE
}

async function confirm({ settings, out }: Invocation, everything: boolean): Promise<void> {
  if (out.json || !hasTerminal()) {
    throw new TemoinError('BAD_INPUT', 'This cannot be undone: add --yes to do it')
  }
  const lost = everything ? ', also what nobody else has' : ''
  const answer = await askVisible(
    `This wipes the device in ${settings.storage}${lost}. Type "yes": `
  )
  if (answer.trim().toLowerCase() !== 'yes') {
    throw new TemoinError('BAD_INPUT', 'Nothing was wiped: that was no "yes"')
  }
}

function tell({ out }: Invocation, wiped: Wiped): void {
  const { notSafe, kept, unread, left, running } = wiped
  out.event('wiped', {
    notSafe: notSafe.map(({ recording, length, safeLength }) => ({
      recording: keyText(recording),
      length,
      seconds: null,
      safeLength
    })),
    kept,
    unread,
    left,
    running
  })
  out.say(sentence(wiped))
  if (running) {
    out.say('Another program has this directory open and did not end: switch this machine off')
  }
}

/** How much of it would be left without this. */
function heldText(notSafe: Wiped['notSafe']): string {
  const sum = (of: (one: NotSafe) => number): number =>
    notSafe.reduce((all, one) => all + of(one), 0)
  const safe = sum(({ safeLength }) => safeLength)
  return `others have ${safe} of ${countText(
    sum(({ length }) => length),
    'block'
  )}`
}

type NotSafe = Wiped['notSafe'][number]

/** The one line: what was not safe yet, and where it is now. */
export function sentence({ notSafe, kept, unread, left }: Wiped): string {
  if (left) {
    return `Wiped the keys; the store cannot be read (${unread}), so it was left as it is: "temoin panic --everything" removes it`
  }
  if (unread !== null) return `Wiped; what was not safe yet cannot be told, since ${unread}`
  if (notSafe.length === 0) return 'Wiped; all that was held here is with others as well'
  const what = `${countText(notSafe.length, 'recording')} that nobody else is known to hold whole`
  if (kept === null) return `Wiped, and with it lost: ${what}`
  return `Wiped but for ${what} (${heldText(notSafe)}): kept in ${kept}, which nothing here can open; give that folder to a member, who runs "temoin take <dir>", or remove it with "temoin panic --everything"`
}
