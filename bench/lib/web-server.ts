// nginx with TLS, serving one directory: what people would put a film on instead. Downloads by curl, each
// into a file that is synced. Where either program is missing there is no such comparison.

import { spawn, spawnSync } from '#subprocess'
import type { Subprocess } from '#subprocess'
import { fs, path } from '../../core/runtime/fs.ts'
import { findProgram } from '../../test/helpers/program.ts'
import { nowMs, until } from './clock.ts'

const SIGTERM = 15
const PORT = 47_443
const NEEDED = ['nginx', 'openssl', 'curl'] as const

export class WebServer {
  readonly #child: Subprocess
  readonly #ended: Promise<void>

  private constructor(child: Subprocess) {
    this.#child = child
    this.#ended = new Promise((resolve) => child.on('exit', () => resolve()))
  }

  /** Programs that it needs and that are not here. */
  static get missing(): string[] {
    return NEEDED.filter((name) => findProgram(name) === null)
  }

  /** @param dir what it serves, and where it keeps its own files */
  static async open(dir: string): Promise<WebServer> {
    const [key, certificate] = ['key.pem', 'cert.pem'].map((name) => path.join(dir, name))
    const made = [
      'req',
      '-x509',
      '-newkey',
      'ed25519',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=bench'
    ]
    spawnSync('openssl', [...made, '-keyout', key!, '-out', certificate!], {
      stdio: 'ignore'
    } as never)
    const file = path.join(dir, 'nginx.conf')
    await fs.promises.writeFile(file, configOf(dir))
    await fs.promises.chmod(dir, 0o755)
    const child = spawn(
      findProgram('nginx')!,
      ['-p', dir, '-c', file, '-e', path.join(dir, 'log')],
      {
        stdio: ['ignore', 'ignore', 'inherit']
      } as never
    )
    const server = new WebServer(child)
    await until(async () => (await get('nginx.conf', '/dev/null')) === 0, 10_000)
    return server
  }

  /** Fetches a file so many times at once. @returns ms until the last copy was synced */
  async download(name: string, copies: string[]): Promise<number> {
    const fromMs = nowMs()
    await Promise.all(
      copies.map(async (copy) => {
        if ((await get(name, copy)) !== 0) throw new Error('curl could not fetch from nginx')
        const file = await fs.promises.open(copy, 'r+')
        await file.datasync()
        await file.close()
      })
    )
    return nowMs() - fromMs
  }

  async close(): Promise<void> {
    this.#child.kill(SIGTERM)
    await this.#ended
  }
}

function configOf(dir: string): string {
  return `daemon off; worker_processes 1; pid ${dir}/pid; user root;
events {}
http {
  access_log off; sendfile on;
  client_body_temp_path ${dir}/t1; proxy_temp_path ${dir}/t2; fastcgi_temp_path ${dir}/t3;
  uwsgi_temp_path ${dir}/t4; scgi_temp_path ${dir}/t5;
  server {
    listen 127.0.0.1:${PORT} ssl;
    ssl_certificate ${dir}/cert.pem; ssl_certificate_key ${dir}/key.pem;
    root ${dir};
  }
}
`
}

/** @returns what curl ends with: 0 where the copy is whole */
function get(name: string, copy: string): Promise<number | null> {
  const url = `https://127.0.0.1:${PORT}/${name}`
  const child = spawn(findProgram('curl')!, ['--insecure', '--silent', '--fail', '-o', copy, url], {
    stdio: ['ignore', 'ignore', 'ignore']
  } as never)
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)))
}
