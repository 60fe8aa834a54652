// Rows as aligned columns, for people. Pure.

/** Columns as wide as their widest cell, two spaces apart, each line indented by two. */
export function table(rows: string[][]): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, [...cell].length)))
  }
  return rows.map((row) => '  ' + line(row, widths)).join('\n')
}

function line(row: string[], widths: number[]): string {
  return row
    .map((cell, i) => cell + ' '.repeat(widths[i]! - [...cell].length))
    .join('  ')
    .trimEnd()
}
