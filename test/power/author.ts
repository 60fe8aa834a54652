// A filming device inside the test's own process: the test needs its receipts with their times. Films
// the clip of the fixtures over and over, faster than it plays, so that much is under way at every
// moment.

import type { Assert } from 'brittle'
import { Device } from '../../core/device.ts'
import type { Receipt } from '../../core/encoding/recording/receipt.ts'
import type { Film } from '../../core/filming/film.ts'
import { MediaSplitter } from '../../core/media/splitter.ts'
import type { MediaItem } from '../../core/media/types.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Role } from '../../core/types/keys.ts'
import { longClip } from '../helpers/films/clip.ts'

const CLIP = { seconds: 60, bitsPerSecond: 1_000_000 }

export interface Pace {
  everyMs: number
  /** Nothing more is filmed after so much, though the film goes on. */
  restAfterBytes?: number
}

export interface Shooting {
  filmedBytes(): number
  stop(): Promise<void>
}

export class Author {
  readonly device: Device
  readonly exchange: Exchange
  /** Every receipt of a holder, in the order they came. */
  readonly receipts: Receipt[] = []
  readonly #clip: MediaItem[] = new MediaSplitter().push(longClip(CLIP))

  private constructor(device: Device, exchange: Exchange) {
    this.device = device
    this.exchange = exchange
  }

  /** The founder of a circle of its own. */
  static async create(t: Assert): Promise<Author> {
    const create = { name: 'author' }
    const dir = await t.tmp()
    const device = new Device({ dir, create, bootstrap: [], host: '127.0.0.1', reserveBytes: 0 })
    t.teardown(() => device.close())
    await device.ready()
    return new Author(device, await device.createCircle('test circle'))
  }

  /** A URL for one device, good until the test has ended. */
  async invite(t: Assert, role: Role): Promise<string> {
    const terms = { circle: this.exchange, role, uses: 1, expiresInMs: 600_000 }
    const host = await this.device.invite(terms)
    t.teardown(() => host.close())
    return host.url
  }

  /** Starts a new film, a fragment every `everyMs`, until it is stopped or the clip has ended. */
  film({ everyMs, restAfterBytes = Infinity }: Pace): Shooting {
    const film = this.device.film(this.exchange)
    film.on('part', (replica) => replica.on('held', (receipt) => this.receipts.push(receipt)))
    film.on('trouble', () => {})
    let over = false
    let bytes = 0
    const shoot = async (): Promise<void> => {
      for (const item of this.#clip) {
        if (over || bytes >= restAfterBytes) return
        bytes += await hand(film, item)
        await new Promise<void>((resolve) => setTimeout(resolve, everyMs))
      }
    }
    const shooting = shoot()
    return {
      filmedBytes: () => bytes,
      async stop() {
        over = true
        await shooting
        await film.stop('stopped')
      }
    }
  }
}

/** @returns bytes of media */
async function hand(film: Film, item: MediaItem): Promise<number> {
  if (item.kind === 'init') await film.begin(item.description, item.data)
  else await film.fragment(item.fragment)
  return item.kind === 'init' ? item.data.length : item.fragment.data.length
}
