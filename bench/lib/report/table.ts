// Reports as Markdown. Pure.

import type { Figure, Report } from '../../scenarios/scenario.ts'

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

const BAR_COLUMNS = ['figure', 'measured', 'at most', 'met']

/**
 * Every figure that has a bar, and whether it is under it.
 * @param before the same table as it stood: of figures that were not measured now, its rows stay
 */
export function barTable(figures: Figure[], before = ''): string {
  const rows = new Map(rowsIn(before).map((row) => [row[0]!, row]))
  for (const { what, value, unit, bar } of figures) {
    if (bar === null) continue
    rows.set(what, [what, write(value, unit), write(bar, unit), value <= bar ? 'yes' : 'no'])
  }
  return table(BAR_COLUMNS, [...rows.values()])
}

function rowsIn(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => /^\|.*\|$/.test(line) && !/^\| *-{3}/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
    )
    .filter((row) => row.length === BAR_COLUMNS.length && row[0] !== BAR_COLUMNS[0])
}

function write(value: number, unit: string): string {
  const digits = Math.abs(value) >= 20 || Number.isInteger(value) ? 0 : Math.abs(value) >= 5 ? 1 : 3
  return `${value.toFixed(digits)} ${unit}`.trim()
}
