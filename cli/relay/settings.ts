// The options of `temoin-relay`: gathered from flags, environment and file, read by relay/options/.

import process from '#process'
import { TemoinError, systemCode } from '../../core/errors.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { relayOptions, SPECS } from '../../relay/options/options.ts'
import type { RelayOptions, Sources } from '../../relay/options/options.ts'
import { defaultStorage } from '../settings.ts'
import type { Settings } from '../settings.ts'
import { plain } from '../output/printable.ts'

/** A file is not larger than this by far. */
const MAX_FILE_BYTES = 64 * 1024

export interface RelaySettings extends Settings {
  relay: RelayOptions
  /** Reads the file and the environment again. */
  again: () => RelayOptions
}

/** `--bind <address>`, `--no-lan`. */
export const RELAY_FLAGS: [spec: string, description: string][] = [
  ...SPECS.map(({ name, takes, says, usual }): [string, string] => {
    const shown = usual === null || takes === null ? '' : ` (${usual})`
    return takes === null ? [`--no-${name}`, says] : [`--${name} ${takes}`, says + shown]
  }),
  ['--config <file>', 'A file of such options: name = value (or TEMOIN_RELAY_CONFIG)'],
  ['--json', 'One JSON object a line on stdout; words go to stderr']
]

/** @throws TemoinError BAD_INPUT */
export function relaySettings(chain: Record<string, unknown>[]): RelaySettings {
  const { env } = process
  const file = last(chain, 'config') ?? env['TEMOIN_RELAY_CONFIG']
  const read = (): RelayOptions =>
    relayOptions({
      flags: flagsOf(chain),
      env,
      file: file === undefined ? null : { name: plain(file, 200), text: readConfigFile(file) },
      defaultStorage: homeOf(env)
    })
  const relay = read()
  const { storage, bind, bootstrap, dht, lan } = relay
  return {
    ...{ relay, again: read, lan },
    storage: path.resolve(storage),
    bootstrap: dht ? (bootstrap ?? undefined) : [],
    bind: bind ?? undefined,
    passphraseFd: undefined
  }
}

function flagsOf(chain: Record<string, unknown>[]): Sources['flags'] {
  const entries = SPECS.map(({ name, takes }) => {
    const value = last(chain, camel(name))
    if (takes !== null) return [name, value]
    return [name, chain.some((flags) => flags[name] === false) ? 'no' : undefined]
  })
  return Object.fromEntries(entries) as Sources['flags']
}

function last(chain: Record<string, unknown>[], name: string): string | undefined {
  const given = chain.map((flags) => flags[name])
  const value: any = given.findLast((one) => one !== undefined)
  return Array.isArray(value) ? value.join(',') : value
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function readConfigFile(file: string): string {
  try {
    const text = String(fs.readFileSync(file))
    if (text.length <= MAX_FILE_BYTES) return text
  } catch (err) {
    const why = systemCode(err) === 'ENOENT' ? 'is not there' : 'cannot be read'
    throw new TemoinError('BAD_INPUT', `The file ${plain(file, 200)} ${why}: name another --config`)
  }
  throw new TemoinError('BAD_INPUT', `The file ${plain(file, 200)} is no file of options: too long`)
}

/** A service of the system has no home directory to speak of. */
function homeOf(env: typeof process.env): string {
  const state = env['STATE_DIRECTORY'] // systemd says where
  if (state !== undefined) return state
  return defaultStorage(env, 'temoin-relay')
}
