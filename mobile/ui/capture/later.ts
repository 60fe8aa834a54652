// A promise that is kept from outside.

export interface Later {
  promise: Promise<void>
  resolve: () => void
}

export function later(): Later {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
