// Where what is damaged is put aside, beside the store it was in.
// Must never: lead to overwriting what is there.

import { exists, path } from '../../runtime/fs.ts'

export function quarantineOf(storeDir: string): string {
  return path.join(storeDir, '..', 'quarantine')
}

/** `file`, or `file.1` and so on where that is taken. */
export async function freeName(file: string): Promise<string> {
  let name = file
  for (let n = 1; await exists(name); n++) name = `${file}.${n}`
  return name
}
