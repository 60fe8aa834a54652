// Asks a server on this machine one thing, under Node and under Bare.

import http from '#http'

export interface Got {
  status: number
  headers: Record<string, string>
  body: string
}

export function httpGet(
  port: number,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers }
    const request = (http as any).request(options, (response: any) => {
      let body = ''
      response.on('data', (chunk: any) => (body += String(chunk)))
      response.on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body })
      })
    })
    request.on('error', reject)
    request.end()
  })
}
