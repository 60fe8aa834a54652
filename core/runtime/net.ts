// Which addresses this machine has on the networks it is on.

import os from '#os'

/** IPv4 addresses of this machine that others on its networks may reach. */
export function localAddresses(): string[] {
  const found: string[] = []
  for (const list of Object.values(os.networkInterfaces() as Record<string, Interface[]>)) {
    for (const { address, family, internal } of list ?? []) {
      if (!internal && (family === 'IPv4' || (family as unknown) === 4)) found.push(address)
    }
  }
  return found
}

interface Interface {
  address: string
  family: string
  internal: boolean
}
