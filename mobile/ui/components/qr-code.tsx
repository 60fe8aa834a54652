// A QR code as one SVG path, always dark on white: cameras read nothing else for sure.

import encodeQR from 'qr'

const BORDER = 4

export interface QrCodeProps {
  text: string
  /** What it is, for who cannot see it. */
  label: string
}

export function QrCode({ text, label }: QrCodeProps) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: BORDER })
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${rows.length} ${rows.length}`}>
      <path d={pathOf(rows)} fill="#000000" shape-rendering="crispEdges" />
    </svg>
  )
}

function pathOf(rows: boolean[][]): string {
  return rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
}
