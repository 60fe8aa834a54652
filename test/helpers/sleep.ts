// Lets time pass up to the random instant of a crash. Whoever waits for something uses `eventually`.

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
