// What is kept where there is more than room: nobody loses anything to somebody who has more there.

/**
 * Of whoever has the most, the oldest go first.
 * @param items oldest first; what is kept stays in that order
 */
export function fairly<T>(items: readonly T[], ownerOf: (item: T) => string, max: number): T[] {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(ownerOf(item), (counts.get(ownerOf(item)) ?? 0) + 1)
  const going = new Map<string, number>()
  for (let surplus = items.length - max; surplus > 0; surplus--) {
    const [most, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))
    counts.set(most, count - 1)
    going.set(most, (going.get(most) ?? 0) + 1)
  }
  return items.filter((item) => {
    const owner = ownerOf(item)
    const left = going.get(owner) ?? 0
    going.set(owner, left - 1)
    return left <= 0
  })
}
