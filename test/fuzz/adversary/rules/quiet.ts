// No device reports trouble: nothing that others send is a fault of one's own disk or program.

import type { Rule } from './rule.ts'

export const quiet: Rule = ({ honest }) =>
  honest.flatMap(({ index, station }) =>
    station!.troubles.map((err: any) => `device ${index} has trouble: ${err?.stack ?? err}`)
  )
