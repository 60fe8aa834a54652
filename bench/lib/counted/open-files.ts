// File descriptors this process has open, and how many of them are UDP sockets. Linux only; elsewhere 0.

import { fs } from '../../../core/runtime/fs.ts'

export interface OpenFiles {
  descriptors: number
  udpSockets: number
}

export function openFiles(): OpenFiles {
  const names = attempt(() => fs.readdirSync('/proc/self/fd').map(String)) ?? []
  const inodes = udpInodes()
  const targets = names.map((name) => attempt(() => linkOf(`/proc/self/fd/${name}`)) ?? '')
  const isUdp = (target: string): boolean =>
    inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '')
  return { descriptors: names.length, udpSockets: targets.filter(isUdp).length }
}

/** Of every UDP socket in this network namespace. */
function udpInodes(): Set<string> {
  const tables = ['/proc/self/net/udp', '/proc/self/net/udp6']
  const text = tables.map((file) => attempt(() => String(fs.readFileSync(file, 'utf8'))) ?? '')
  const lines = text.join('\n').split('\n')
  return new Set(lines.map((line) => line.trim().split(/\s+/)[9] ?? '').filter(Boolean))
}

function linkOf(file: string): string {
  return String(fs.readlinkSync(file))
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null // closed meanwhile, or no such table here
  }
}
