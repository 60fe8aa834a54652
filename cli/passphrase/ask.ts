// Where a passphrase comes from: a file descriptor, the environment, or the terminal, in this order.
// Never from the command line, which every user of a machine can read while it runs.
// Must never: echo it, print it, or hand it to a program started from here.

import process from '#process'
import { TemoinError } from '../../core/errors.ts'
import { assertStrongEnough, passphraseBytes } from '../../core/identity/passphrase.ts'
import type { Invocation } from '../verb.ts'
import { readLine } from './descriptor.ts'
import { askHidden, hasTerminal } from './terminal.ts'

/** Read once, when this is loaded: what is started later shall not inherit them. */
const environment = {
  passphrase: takeVariable('TEMOIN_PASSPHRASE'),
  fresh: takeVariable('TEMOIN_NEW_PASSPHRASE')
}

/** For a verb that opens its device twice: nobody types the same thing again. */
let remembered: string | null = null

/**
 * @param keep true where it will be wanted once more
 * @returns UTF-8 bytes, for the caller to wipe
 * @throws TemoinError DEVICE_LOCKED where nobody can be asked
 */
export async function currentPassphrase(invocation: Invocation, keep = false): Promise<Uint8Array> {
  const text = remembered ?? (await givenPassphrase(invocation)) ?? (await askOnce(invocation))
  remembered = keep ? text : null
  return passphraseBytes(text)
}

/** A passphrase to put a seed under: typed twice, and not a weak one. */
export async function firstPassphrase(invocation: Invocation): Promise<Uint8Array> {
  return checked((await givenPassphrase(invocation)) ?? (await askTwice(invocation)))
}

/** The one to change to. @param fd where it is to be read from, if anywhere */
export async function nextPassphrase(invocation: Invocation, fd?: number): Promise<Uint8Array> {
  const given = fd === undefined ? environment.fresh : await readLine(fd)
  return checked(given ?? (await askTwice(invocation)))
}

/** As it was given, by descriptor or environment, or null: nobody is asked. */
export async function passphraseIfGiven(invocation: Invocation): Promise<Uint8Array | null> {
  const text = await givenPassphrase(invocation)
  return text === null ? null : passphraseBytes(text)
}

async function givenPassphrase({ settings }: Invocation): Promise<string | null> {
  const { passphraseFd: fd } = settings
  return fd === undefined ? environment.passphrase : readLine(fd)
}

async function askOnce(invocation: Invocation): Promise<string> {
  assertAskable(invocation, 'This device is locked: give its passphrase')
  return askHidden('Passphrase: ')
}

async function askTwice(invocation: Invocation): Promise<string> {
  assertAskable(invocation, 'Say which passphrase it shall be')
  const text = await askHidden('New passphrase: ')
  assertStrongEnough(text) // before it is typed again
  if (text === (await askHidden('Again: '))) return text
  throw new TemoinError('BAD_INPUT', 'These were two different passphrases: nothing was changed')
}

function checked(text: string): Uint8Array {
  assertStrongEnough(text)
  return passphraseBytes(text)
}

function assertAskable({ out }: Invocation, what: string): void {
  if (!out.json && hasTerminal()) return
  throw new TemoinError(
    'DEVICE_LOCKED',
    `${what} at a terminal without --json, in TEMOIN_PASSPHRASE, or with --passphrase-fd`
  )
}

/** Emptied rather than deleted, which Bare cannot do; an empty one counts as none. */
function takeVariable(name: string): string | null {
  const value = process.env[name] ?? ''
  if (value === '') return null
  process.env[name] = ''
  return value
}
