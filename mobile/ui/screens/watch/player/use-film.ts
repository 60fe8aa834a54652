// What the watch screens keep while they show a film: its player, and what stands in it beside the
// pictures.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import type { RecordingState, TimelineState } from '../../../../../core/api/contract.ts'
import { call, connection } from '../../../engine/engine.ts'
import { Player } from '../../../playback/player.ts'

/** A running film's timeline is read again after so much more of it. */
const REREAD_SECONDS = 4

/** The player begins when the element is there, and ends with the screen. */
export function usePlayer(
  film: RecordingState,
  at: number | 'live'
): { video: RefObject<HTMLVideoElement | null>; player: Player | null } {
  const video = useRef<HTMLVideoElement>(null)
  const [player, setPlayer] = useState<Player | null>(null)
  useEffect(() => {
    const playing = new Player(video.current!, film.recording)
    playing.start(at)
    setPlayer(playing)
    return () => playing.close()
  }, [film.recording])
  return { video, player }
}

/** Null until it came, or where this device cannot open the film. */
export function useTimeline(film: RecordingState): TimelineState | null {
  const [timeline, setTimeline] = useState<TimelineState | null>(null)
  const { recording, phase, seconds, annotations } = film
  const grown = Math.floor((seconds ?? 0) / REREAD_SECONDS)
  useEffect(() => {
    let here = true
    call('recording.timeline', { recording }).then(
      (read) => here && setTimeline(read),
      () => {} // The picture says why it cannot be opened.
    )
    return () => {
      here = false
    }
  }, [recording, phase, grown, annotations, connection.value])
  return timeline
}
