// Medians and percentiles. Pure. What never arrived counts as infinitely late, so that a loss is seen
// in the percentiles as well as in the count of what is missing.

/** Nearest-rank percentile; of few samples the 99th is the worst. @param p 0 to 100 */
export function percentile(values: number[], p: number): number {
  if (values.length === 0) return NaN
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)]!
}

export function median(values: number[]): number {
  return percentile(values, 50)
}

export function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export interface Spread {
  p50: number
  p99: number
  missing: number
}

/** @param latencies ms, Infinity for what never arrived */
export function spread(latencies: number[]): Spread {
  return {
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    missing: latencies.filter((latency) => latency === Infinity).length
  }
}
