// Which addresses are of the network one is in. Pure.

/** IPv4: loopback, link-local and private (RFC 1122, 3927, 1918). IPv6: loopback, link-local, unique local (RFC 4291, 4193). */
const LOCAL = [
  /^127\./,
  /^169\.254\./,
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^::1$/,
  /^fe[89ab][0-9a-f]:/i,
  /^f[cd][0-9a-f]{2}:/i
]

/** True where a device reached at this address is on a local network. */
export function isLocalHost(host: string): boolean {
  return LOCAL.some((pattern) => pattern.test(host))
}
