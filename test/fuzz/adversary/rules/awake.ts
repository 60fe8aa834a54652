// Reading a replica that may go to rest at any moment: woken again, it is read again.

import type Hypercore from 'hypercore'
import type { Replica } from '../../../../core/replica/replica.ts'

const ATTEMPTS = 5

export async function whileAwake<T>(
  replica: Replica,
  read: (core: Hypercore) => Promise<T>
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read(await replica.wake())
    } catch (err: any) {
      if (err.code !== 'SESSION_CLOSED' || attempt === ATTEMPTS) throw err
    }
  }
}
