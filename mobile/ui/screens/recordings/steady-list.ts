// The list of films, held still for who looks at it: new ones come by themselves only while it is being
// opened, or where there is nothing yet that a thumb could miss.

import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { RecordingState } from '../../../../core/api/contract.ts'
import { filmList, orderOf, type FilmList } from '../../state/film-list.ts'

/** So long after it was opened nobody has chosen what to touch. */
const OPENING_MS = 2000
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'scroll', 'focusin'] as const

export interface SteadyList extends FilmList {
  /** Brings the new ones in. */
  show: () => void
}

/** @param page what scrolls is around it */
export function useSteadyList(
  films: Readonly<Record<string, RecordingState>>,
  page: RefObject<HTMLElement | null>
): SteadyList {
  const order = useRef<string[]>([])
  const isLookedAt = useLookedAt(page)
  const [, draw] = useState(0)
  if (!isLookedAt.current || order.current.length === 0) order.current = orderOf(films)
  const show = (): void => {
    order.current = orderOf(films)
    draw((count) => count + 1)
  }
  return { ...filmList(films, order.current), show }
}

function useLookedAt(page: RefObject<HTMLElement | null>): RefObject<boolean> {
  const isLookedAt = useRef(false)
  useEffect(() => {
    const main = page.current!.closest('main')!
    const look = (): void => void (isLookedAt.current = true)
    const timer = setTimeout(look, OPENING_MS)
    for (const touch of TOUCHES) main.addEventListener(touch, look, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const touch of TOUCHES) main.removeEventListener(touch, look)
    }
  }, [])
  return isLookedAt
}
