// The port that `npm start` serves the app at, where nothing else does.

import net from 'node:net'

/** Of nobody at IANA, and none that browsers refuse. */
export const USUAL_PORT = 47_853

/** @param {number} port on this machine's loopback */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true))
    )
  })
}
