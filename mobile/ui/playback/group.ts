// Several players on one clock: that which each author's device claimed. One of those whose film was
// running then leads, the others are held to it; a film that was not running then stands still. Behind the
// last of them the clock stops, and begins again at its start.

import type { RecordingState, TimelineState } from '../../../core/api/contract.ts'
import { align, secondsOf, wallOf } from '../state/playback/clock.ts'
import { clockOf, LAST_SECONDS, standingOf, type Standing } from '../state/playback/together.ts'
import type { Player } from './player.ts'

export interface Tile {
  film: RecordingState
  player: Player
  timeline: TimelineState | null
}

export class Group {
  wallMs: number
  playing = true
  readonly #startMs: number
  readonly #tiles = new Map<string, Tile>()

  /** @param startMs where it begins, and begins again */
  constructor(startMs: number) {
    this.#startMs = startMs
    this.wallMs = startMs
  }

  set(tile: Tile): void {
    this.#tiles.set(tile.film.recording, tile)
  }

  delete({ recording }: RecordingState): void {
    this.#tiles.delete(recording)
  }

  /** Whether that film was running then. */
  isRunning({ recording }: RecordingState): boolean {
    const tile = this.#tiles.get(recording)
    return tile === undefined || isWithin(tile, this.wallMs)
  }

  seek(wallMs: number): void {
    this.wallMs = wallMs
    for (const tile of this.#tiles.values())
      if (isWithin(tile, wallMs)) tile.player.seek(momentOf(tile, wallMs))
  }

  toggle(): void {
    if (this.playing) return this.#stop()
    if (clockOf(this.#standings()) === 'ended') this.seek(this.#startMs)
    this.playing = true
  }

  /** Called a few times a second. @param passedMs since the last time */
  keep(passedMs: number): void {
    if (!this.playing) return
    const standings = this.#standings()
    const clock = clockOf(standings)
    if (clock === 'ended') return this.#stop()
    const tiles = [...this.#tiles.values()]
    const running = tiles.filter((_, i) => standings[i] === 'running')
    for (const tile of tiles) if (!running.includes(tile)) tile.player.pause()
    for (const tile of running)
      if (!tile.player.view.value.playing && goesOn(tile)) tile.player.play()
    const leader = running.find((tile) => leads(tile))
    if (leader) this.wallMs = wallAt(leader)
    else if (clock === 'alone') this.wallMs += passedMs
    for (const tile of running) {
      if (tile === leader) tile.player.rate = 1
      else hold(tile, this.wallMs)
    }
  }

  #stop(): void {
    this.playing = false
    for (const { player } of this.#tiles.values()) player.pause()
  }

  #standings(): Standing[] {
    return [...this.#tiles.values()].map((tile) => standingAt(tile, this.wallMs))
  }
}

function standingAt(tile: Tile, wallMs: number): Standing {
  const { film, player } = tile
  const { at, edge, ended, problem } = player.view.value
  return standingOf({
    ...{ at, ended, moving: leads(tile), moment: momentOf(tile, wallMs) },
    ...{ live: film.phase === 'live', failed: problem !== null },
    seconds: film.seconds === null ? null : Math.max(edge, film.seconds)
  })
}

function goesOn({ player }: Tile): boolean {
  const { at, edge } = player.view.value
  return at < edge - LAST_SECONDS
}

function leads({ player }: Tile): boolean {
  const { playing, waiting, problem } = player.view.value
  return playing && !waiting && problem === null
}

function hold(tile: Tile, wallMs: number): void {
  const { at, waiting, problem } = tile.player.view.value
  if (waiting || problem !== null) return
  const next = align(at, momentOf(tile, wallMs))
  if ('rate' in next) tile.player.rate = next.rate
  else tile.player.seek(next.seek)
}

function isWithin(tile: Tile, wallMs: number): boolean {
  const at = momentOf(tile, wallMs)
  return at >= 0 && at <= Math.max(tile.player.view.value.edge, tile.film.seconds ?? 0)
}

function wallAt({ timeline, film, player }: Tile): number {
  return wallOf(timeline?.clocks ?? [], film.startedAtMs, player.view.value.at)
}

function momentOf({ timeline, film }: Tile, wallMs: number): number {
  return secondsOf(timeline?.clocks ?? [], film.startedAtMs, wallMs)
}
