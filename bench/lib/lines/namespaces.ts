// Network namespaces of a run: made where Linux and root allow, and all of them gone at its end.

import { spawnSync } from '#subprocess'
import process from '#process'

const made = new Set<string>()
let count = 0

/** Why there can be none here, or null where there can. */
export function whyNoNamespaces(): string | null {
  if (process.platform !== 'linux') return 'network namespaces need Linux'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  return succeeds('ip', ['netns', 'list']) ? null : 'there is no ip command'
}

/** A name nobody else uses, removed with the rest at the end. */
export function claimName(): string {
  const name = `temoin-bench-${process.pid}-${count++}`
  made.add(name)
  return name
}

export function addNamespace(): string {
  const name = claimName()
  ip(['netns', 'add', name])
  return name
}

export function removeNamespace(name: string): void {
  made.delete(name)
  spawnSync('ip', ['netns', 'delete', name])
}

export function removeNamespaces(): void {
  for (const name of [...made]) removeNamespace(name)
}

/** @throws where `ip` refuses */
export function ip(args: string[]): void {
  if (!succeeds('ip', args)) throw new Error('This failed: ip ' + args.join(' '))
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'] }).status === 0
}
