// The command from start to end: words in, exit code out. Whatever goes wrong on the way becomes one
// sentence and its code.
// Must never: show a stack, unless TEMOIN_DEBUG=1 asks for it.

import process from '#process'
import { asStoreDamage } from '../core/store/salvage/table-damage.ts'
import { VERSION } from '../core/version.ts'
import { parse } from './command-line.ts'
import type { Parsed } from './command-line.ts'
import { EXIT_DONE, EXIT_FAILED } from './exit-codes.ts'
import { Output } from './output/output.ts'
import type { Settings } from './settings.ts'
import { Stop } from './stop.ts'
import { verbs } from './verbs/all.ts'

export async function main(argv: string[]): Promise<void> {
  if (argv[0] === 'relay') {
    const { relayMain } = await import('./relay/main.ts')
    return relayMain(argv.slice(1))
  }
  await runToEnd(argv, () => parse(argv, verbs))
}

/** @param signals that ask the command to stop; what closes a terminal as well where none are given */
export async function runToEnd<S extends Settings>(
  argv: string[],
  read: () => Parsed<S>,
  signals?: readonly string[]
): Promise<void> {
  const out = new Output({ json: argv.includes('--json') })
  const stop = new Stop()
  out.onUnread = () => stop.request(true)
  stop.listen(signals)
  const fail = (err: unknown): void =>
    void asStoreDamage(err).then((told) => end(out, out.failure(told)))
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  let code: number
  try {
    code = await dispatch(read(), out, stop)
  } catch (err) {
    code = out.failure(await asStoreDamage(err))
  }
  await end(out, code)
}

async function dispatch<S extends Settings>(
  parsed: Parsed<S>,
  out: Output,
  stop: Stop
): Promise<number> {
  if (parsed.kind === 'help') out.say(parsed.text.trimEnd())
  if (parsed.kind === 'version') out.say(VERSION)
  if (parsed.kind !== 'verb') return EXIT_DONE
  const { verb, ...rest } = parsed
  return (await verb.run({ ...rest, out, stop })) ?? EXIT_DONE
}

/** Ends even where something of the platform would keep the process alive. */
async function end(out: Output, code: number): Promise<void> {
  await out.flush()
  process.exit(code === EXIT_DONE && out.isUnwritten ? EXIT_FAILED : code)
}
