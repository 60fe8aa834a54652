// What the evidence package of a film is made of, as this device has it: each part, what others signed for,
// and what members said of it afterwards.

import type { PackageSource } from '../../evidence/write/package-source.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import { evidenceSource } from '../../replica/evidence-source.ts'
import type { Replica } from '../../replica/replica.ts'
import { nameOf } from './names.ts'

/**
 * What a device said after it was cut off is no member's word, and stays here.
 * @param film its parts, in order
 * @throws TemoinError NOT_READABLE, BAD_STATE, as `evidenceSource`
 */
export async function packageParts(
  { circle }: Exchange,
  film: readonly Replica[]
): Promise<PackageSource[]> {
  const authorName = nameOf(circle, film[0]!.announced.author)
  const parts: PackageSource[] = []
  for (const part of film) {
    const source = await evidenceSource(part, authorName)
    const said = circle.annotationsOf(part.key, source.reader)
    const counted = said.filter((one) => !one.afterRevocation)
    parts.push({ ...source, annotations: counted.map(({ annotation }) => annotation) })
  }
  return parts
}
