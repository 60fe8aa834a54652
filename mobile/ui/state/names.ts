// What a device is called on screens. Names are what their owners say: whoever is called like another has its
// key beside its name, and where it matters who somebody is, the check phrase tells, not the name. Pure.

import type { CircleState, Key } from '../../../core/api/contract.ts'

/** The first letters of a key: enough to tell two devices apart that have one name. */
const SHORT_LETTERS = 6

/** Empty where it has none, or is no member here; with the key where others are called alike. */
export function nameOf(
  circles: Readonly<Record<Key, CircleState>> | null,
  circle: Key,
  device: Key
): string {
  const { name = '', alike = false } = memberOf(circles, circle, device) ?? {}
  return alike ? withKey(name, shortKey(device)) : name
}

export function withKey(name: string, key: string): string {
  return `${name} (${key})`
}

export function isSelf(
  circles: Readonly<Record<Key, CircleState>> | null,
  circle: Key,
  device: Key
): boolean {
  return memberOf(circles, circle, device)?.self ?? false
}

export function shortKey(device: Key): string {
  return device.slice(0, SHORT_LETTERS)
}

function memberOf(circles: Readonly<Record<Key, CircleState>> | null, circle: Key, device: Key) {
  return circles?.[circle]?.members.find((member) => member.device === device)
}
