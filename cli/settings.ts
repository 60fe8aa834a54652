// The options every verb takes: where the device lives, and which ways lead out of it. Flags come
// before the environment, the environment before the defaults.

import os from '#os'
import process from '#process'
import type { Address } from '../core/encoding/address.ts'
import { TemoinError } from '../core/errors.ts'
import { path } from '../core/runtime/fs.ts'
import { descriptor, hostAndPort, ipAddress } from './values.ts'

export interface Settings {
  storage: string
  /** DHT nodes; empty for none, undefined for the public ones. */
  bootstrap: Address[] | undefined
  /** Address to bind to, undefined for all. */
  bind: string | undefined
  lan: boolean
  /** Descriptor to read the passphrase from, undefined for none. */
  passphraseFd: number | undefined
}

export interface GlobalFlags {
  storage?: string | undefined
  bootstrap: string[]
  dht: boolean
  lan: boolean
  bind?: string | undefined
  passphraseFd?: string | undefined
}

export const GLOBAL_FLAGS: [spec: string, description: string][] = [
  ['--storage <dir>', 'The directory of this device (or TEMOIN_STORAGE)'],
  ['--json', 'One JSON object a line on stdout; words go to stderr'],
  ['--bootstrap <host:port>', 'A DHT node to use in place of the public ones; repeatable'],
  ['--no-dht', 'Use no DHT: devices are found by the addresses they told each other'],
  ['--no-lan', 'Tell no address of the local network'],
  ['--bind <address>', 'Use this address of this machine only'],
  ['--passphrase-fd <n>', 'Read the passphrase from this descriptor (or TEMOIN_PASSPHRASE)']
]

type Environment = Record<string, string | undefined>

/** @throws TemoinError BAD_INPUT */
export function settingsOf(flags: GlobalFlags, env: Environment = process.env): Settings {
  return {
    storage: path.resolve(flags.storage ?? env['TEMOIN_STORAGE'] ?? defaultStorage(env, 'temoin')),
    bootstrap: bootstrapOf(flags, env),
    bind: flags.bind === undefined ? undefined : ipAddress('--bind', flags.bind),
    lan: flags.lan,
    passphraseFd:
      flags.passphraseFd === undefined
        ? undefined
        : descriptor('--passphrase-fd', flags.passphraseFd)
  }
}

function bootstrapOf(flags: GlobalFlags, env: Environment): Address[] | undefined {
  if (!flags.dht) {
    if (flags.bootstrap.length === 0) return []
    throw new TemoinError('BAD_INPUT', 'Give --no-dht or --bootstrap, not both')
  }
  if (flags.bootstrap.length > 0) {
    return flags.bootstrap.map((text) => hostAndPort('--bootstrap', text))
  }
  const words = (env['TEMOIN_BOOTSTRAP'] ?? '').split(',').filter((word) => word.trim() !== '')
  if (words.length === 0) return undefined
  return words.map((word) => hostAndPort('TEMOIN_BOOTSTRAP', word.trim()))
}

/** The platform's directory for data of programs. */
export function defaultStorage(env: Environment, name: string): string {
  const home = os.homedir()
  switch (os.platform()) {
    case 'win32':
      return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), name)
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', name)
    default:
      return path.join(env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'), name)
  }
}
