// A screen below another one: the way back, the title, the rest. The title names the window, and takes the focus
// when the page comes, or has taken the place of what had it, so that a screen reader says where one is.

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import '../style/page.css'

export interface PageProps {
  title: string
  /** Where it leads back to, and in what words. */
  back?: { href: string; label: string }
  children: ComponentChildren
}

export function Page({ title, back, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const isLost = document.activeElement === document.body
    if (back !== undefined || isLost) heading.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    document.title = `${title} – Temoin`
  }, [title])
  return (
    <div class="page">
      {back !== undefined && (
        <a class="page-back" href={back.href}>
          <span class="page-back-sign" aria-hidden="true">
            ‹
          </span>
          {back.label}
        </a>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  )
}
