// What an operator can set, and where: a flag comes before the environment (TEMOIN_RELAY_…), that before the
// file, that before the default. Pure: whoever calls this reads the file. One table, so that help, file,
// environment and checks cannot drift apart.
// Must never: take a wrong value for the default.

import { isIp } from '../../core/encoding/address.ts'
import type { Address } from '../../core/encoding/address.ts'
import { TemoinError } from '../../core/errors.ts'
import { RESERVE_BYTES } from '../../core/limits.ts'
import { readConfig } from './config-file.ts'
import type { Line } from './config-file.ts'
import { circleQuotasIn } from './circle-quotas.ts'
import type { CircleQuotas } from './circle-quotas.ts'
import * as values from './values.ts'

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export const LOG_FORMATS = ['json', 'text', 'auto'] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

export interface RelayOptions {
  storage: string
  /** Bytes of recordings, all circles together; null for as much as the disk has. */
  quotaBytes: number | null
  circleQuotas: CircleQuotas
  /** Of every quota, kept for what has begun already, so that a film that runs is not cut off. */
  reserveBytes: number
  /** Bytes of the disk that are left alone. */
  keepFreeBytes: number
  /** Address to bind to, null for all. */
  bind: string | null
  /** UDP port, null for the one of the last start. */
  port: number | null
  /** Null for the public nodes. */
  bootstrap: Address[] | null
  dht: boolean
  lan: boolean
  /** Where this machine is a DHT node for others to begin with, as they reach it; null where it is none. */
  dhtNode: Address | null
  /** TCP port on the loopback for the status page and the metrics, null for none. */
  statusPort: number | null
  logLevel: LogLevel
  logFormat: LogFormat
  /** Bytes a second that are read again in the background; 0 for none. */
  scrubBytesPerSecond: number
}

interface Spec<K extends keyof RelayOptions = keyof RelayOptions> {
  key: K
  /** As a flag (`--name`), in the environment (TEMOIN_RELAY_NAME) and in the file. */
  name: string
  /** What stands behind the flag; none where the flag says no. */
  takes: string | null
  says: string
  /** As it would be written; null where it depends on the machine. */
  usual: string | null
  read: (where: string, text: string) => RelayOptions[K] | null
}

function spec<K extends keyof RelayOptions>(
  key: K,
  name: string,
  rest: Omit<Spec<K>, 'key' | 'name'>
) {
  return { key, name, ...rest } as unknown as Spec
}

const { bytesIn, limitIn, portIn, portOrOffIn, yesOrNoIn, oneOfIn, ipIn, addressesIn } = values

export const SPECS: readonly Spec[] = [
  spec('storage', 'storage', {
    takes: '<dir>',
    says: 'The directory of this relay',
    usual: null,
    read: (_where, text) => text
  }),
  spec('quotaBytes', 'quota', {
    takes: '<size>',
    says: 'All circles together, their journals included, such as 200G; none for as much as the disk has',
    usual: 'none',
    read: limitIn
  }),
  spec('circleQuotas', 'circle-quota', {
    takes: '<size>',
    says: 'Each circle, its journals included; <circle>=<size> for one of them, separated by commas',
    usual: 'none',
    read: circleQuotasIn
  }),
  spec('reserveBytes', 'reserve', {
    takes: '<size>',
    says: 'Of the quota, what is kept for films that have begun; auto for a tenth, at most 1G',
    usual: 'auto',
    read: (where, text) => (text === 'auto' ? null : bytesIn(where, text))
  }),
  spec('keepFreeBytes', 'keep-free', {
    takes: '<size>',
    says: 'Of the disk, what is left alone',
    usual: '1G',
    read: keepFreeIn
  }),
  spec('bind', 'bind', {
    takes: '<address>',
    says: 'Use this address of this machine only',
    usual: 'all',
    read: (where, text) => (text === 'all' ? null : ipIn(where, text))
  }),
  spec('port', 'port', {
    takes: '<port>',
    says: 'UDP port to listen on',
    usual: 'any',
    read: (where, text) => (text === 'any' ? null : portIn(where, text))
  }),
  spec('bootstrap', 'bootstrap', {
    takes: '<host:port>',
    says: 'DHT nodes to use in place of the public ones, separated by commas',
    usual: 'public',
    read: (where, text) => (text === 'public' ? null : addressesIn(where, text))
  }),
  spec('dht', 'dht', {
    takes: null,
    says: 'Use no DHT: devices are found by the addresses they told each other',
    usual: 'yes',
    read: yesOrNoIn
  }),
  spec('lan', 'lan', {
    takes: null,
    says: 'Tell no address of the local network',
    usual: 'yes',
    read: yesOrNoIn
  }),
  spec('dhtNode', 'dht-node', {
    takes: '<ip:port>',
    says: 'Be a DHT node for others to begin with; the IPv4 address and UDP port they reach',
    usual: 'off',
    read: (where, text) => (text === 'off' ? null : nodeIn(where, text))
  }),
  spec('statusPort', 'status-port', {
    takes: '<port>',
    says: 'Status page and metrics, on 127.0.0.1 only; off for none',
    usual: '9467',
    read: portOrOffIn
  }),
  spec('logLevel', 'log-level', {
    takes: '<level>',
    says: LOG_LEVELS.join(', '),
    usual: 'info',
    read: (where, text) => oneOfIn(where, text, LOG_LEVELS)
  }),
  spec('logFormat', 'log-format', {
    takes: '<format>',
    says: 'json, text, or auto: text on a terminal',
    usual: 'auto',
    read: (where, text) => oneOfIn(where, text, LOG_FORMATS)
  }),
  spec('scrubBytesPerSecond', 'scrub-rate', {
    takes: '<size>',
    says: 'Bytes a second that are read again and checked; 0 for none',
    usual: '1M',
    read: bytesIn
  })
]

export interface Sources {
  /** By name; a flag without a value is 'no'. */
  flags: Record<string, string | undefined>
  env: Record<string, string | undefined>
  file: { name: string; text: string } | null
  /** Where it lives unless somebody says. */
  defaultStorage: string
}

/** @throws TemoinError BAD_INPUT */
export function relayOptions({ flags, env, file, defaultStorage }: Sources): RelayOptions {
  const lines = file === null ? new Map<string, Line>() : readConfig(file.name, file.text)
  for (const [name, { line }] of lines) {
    if (SPECS.some((one) => one.name === name)) continue
    throw bad(
      `Line ${line} of ${file!.name} sets ${name}, which is no option: "temoin-relay --help" lists them`
    )
  }
  const entries = SPECS.map(({ key, name, usual, read }) => {
    const line = lines.get(name)
    const [where, text] =
      flags[name] !== undefined
        ? [`--${name}`, flags[name]]
        : env[variableOf(name)] !== undefined
          ? [variableOf(name), env[variableOf(name)]!]
          : line !== undefined
            ? [`${name} (line ${line.line} of ${file!.name})`, line.value]
            : [name, usual ?? defaultStorage]
    return [key, read(where, text.trim())]
  })
  const read = Object.fromEntries(entries) as RelayOptions & { reserveBytes: number | null }
  return checked({ ...read, reserveBytes: read.reserveBytes ?? usualReserve(read.quotaBytes) })
}

export function variableOf(name: string): string {
  return 'TEMOIN_RELAY_' + name.toUpperCase().replaceAll('-', '_')
}

function usualReserve(quotaBytes: number | null): number {
  return Math.min(1e9, quotaBytes === null ? Infinity : Math.floor(quotaBytes / 10))
}

/** What cannot be seen by looking at one of them. */
function checked(options: RelayOptions): RelayOptions {
  const { quotaBytes, reserveBytes, dht, bootstrap, port, dhtNode } = options
  if (quotaBytes !== null && reserveBytes >= quotaBytes) {
    throw bad('The reserve must be smaller than the quota: raise --quota, or lower --reserve')
  }
  if (!dht && bootstrap !== null) throw bad('Give --no-dht or --bootstrap, not both')
  if (port !== null && port === dhtNode?.port) {
    throw bad('The relay and its DHT node need a port each: give --port or --dht-node another one')
  }
  return options
}

/** Others are told of it: a name would be looked up, and 0.0.0.0 is nowhere. */
function nodeIn(where: string, text: string): Address {
  const [address, ...more] = addressesIn(where, text)
  const isIpv4 = address !== undefined && /^[\d.]+$/.test(address.host) && isIp(address.host)
  if (isIpv4 && more.length === 0 && address.host !== '0.0.0.0') return address
  throw values.wrong(where, 'an IPv4 address with a port, such as 192.0.2.1:49737', text)
}

/** Less would be less than the engine itself keeps free. */
function keepFreeIn(where: string, text: string): number {
  const bytes = bytesIn(where, text)
  if (bytes >= RESERVE_BYTES) return bytes
  throw values.wrong(where, `a size of at least ${Math.ceil(RESERVE_BYTES / 1e6)}M`, text)
}

function bad(message: string): TemoinError {
  return new TemoinError('BAD_INPUT', message)
}
