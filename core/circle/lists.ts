// Lists of one thing for each of many: gathered under what they belong to, and taken from in turn, so
// that whoever has more to say does not crowd out the others. Pure.

/** Puts a value at the end of the list of `key`, which it begins where there is none. */
export function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** The first of each, then the second of each, and so on. */
export function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const most = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: most }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1))
  ).flat()
}
