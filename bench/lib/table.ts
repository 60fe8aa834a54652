// Reports as Markdown. Pure.

import type { Figure, Report } from '../scenarios/scenario.ts'

/** One scenario: heading, table, what it means, and where it was measured. */
export function section(report: Report, where: string): string {
  const { title, columns, rows, notes } = report
  return [`### ${title}`, '', table(columns, rows), '', notes.join(' '), '', where].join('\n')
}

export function table(columns: string[], rows: string[][]): string {
  const all = [columns, ...rows]
  const widths = columns.map((_, i) => Math.max(3, ...all.map((row) => row[i]!.length)))
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(columns), rule, ...rows.map(line)].join('\n')
}

/** Every figure that has a bar, and whether it is under it. */
export function barTable(figures: Figure[]): string {
  const rows = figures
    .filter(({ bar }) => bar !== null)
    .map(({ what, value, unit, bar }) => [
      what,
      write(value, unit),
      write(bar!, unit),
      value <= bar! ? 'yes' : 'no'
    ])
  return table(['figure', 'measured', 'at most', 'met'], rows)
}

function write(value: number, unit: string): string {
  const digits = Math.abs(value) >= 20 || Number.isInteger(value) ? 0 : Math.abs(value) >= 5 ? 1 : 3
  return `${value.toFixed(digits)} ${unit}`.trim()
}
