// Films that a page makes, beside their media: begun, told what happens around them, ended.

import b4a from 'b4a'
import z32 from 'z32'
import { SEAL_REASONS, STATUS_KINDS, TAG_KINDS } from '../../../encoding/recording/entry.ts'
import type { Replica } from '../../../replica/replica.ts'
import type { RecordingKey } from '../../../types/keys.ts'
import type { Given } from '../given.ts'
import type { Host } from '../host.ts'
import type { FilmRun } from '../runs/film-run.ts'
import type { Group } from './handlers.ts'

const MAX_HANDLE_BYTES = 64
const MAX_SEQ = 2 ** 48
/** A page keeps what it could not tell for as long as its engine is away. */
const MAX_AGO_MS = 7 * 24 * 3_600_000
/** The year 2286. */
const MAX_TIME_MS = 10 ** 13
/** A buffer of the time before the tap is half a minute. */
const MAX_PRE_EVENT_MS = 10 * 60_000

export function filmCalls(host: Host): Group<'film'> {
  const run = (given: Given): FilmRun =>
    host.current.films.get(given.text('filming', MAX_HANDLE_BYTES))
  return {
    'film.start': async (given) => {
      const open = host.current
      const keepReadable = given.flag('keepReadable')
      const preEventMs = given.has('preEventMs')
        ? given.whole('preEventMs', 0, MAX_PRE_EVENT_MS)
        : 0
      const exchange = await open.circleToFilmIn(given.has('circle') ? given.key('circle') : null)
      const own = exchange.replicas.filter(({ announced }) =>
        b4a.equals(announced.author, open.device.key)
      )
      const previous = given.has('previous') ? among(own, given.key('previous')) : {}
      const { handle } = open.films.start(exchange, { keepReadable, preEventMs, ...previous })
      return { filming: handle, circle: z32.encode(exchange.circle.id) }
    },
    'film.status': (given) => {
      const status = given.oneOf('status', STATUS_KINDS)
      const atMs = given.has('atMs') ? given.whole('atMs', 0, MAX_TIME_MS) : host.now()
      return run(given).say({ kind: 'status', body: { status, atMs } })
    },
    'film.place': (given) => {
      run(given).surround({ place: given.has('place') ? placeIn(given.object('place')) : null })
    },
    'film.battery': (given) => {
      const batteryPercent = given.has('percent')
        ? Math.round(given.number('percent', 0, 100))
        : null
      run(given).surround({ batteryPercent })
    },
    'film.note': (given) => {
      const agoMs = given.has('agoMs') ? given.whole('agoMs', 0, MAX_AGO_MS) : 0
      const atMs = host.now() - agoMs
      const body = { text: given.text('text'), atMs }
      if (!given.has('tag')) return run(given).say({ kind: 'note', body })
      return run(given).say({ kind: 'tag', body: { ...body, tag: given.oneOf('tag', TAG_KINDS) } })
    },
    'film.stop': (given) => {
      const reason = given.has('reason') ? given.oneOf('reason', SEAL_REASONS) : 'stopped'
      return run(given).stop(reason, given.has('seq') ? given.whole('seq', 0, MAX_SEQ) : 0)
    }
  }
}

/** Nothing where it is not known here: no film is refused for what came before it. */
function among(own: Replica[], key: Uint8Array): { previous?: RecordingKey } {
  const found = own.find((replica) => b4a.equals(replica.key, key))
  return found ? { previous: found.key } : {}
}

function placeIn(given: Given) {
  return {
    latitudeE7: Math.round(given.number('latitude', -90, 90) * 1e7),
    longitudeE7: Math.round(given.number('longitude', -180, 180) * 1e7),
    accuracyM: Math.ceil(given.number('accuracyM', 0, 4e7))
  }
}
