/** Writes notices.txt beside the page: the licence of every package whose code, font or data is in it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** In the page as files, not as code. */
const DATA = ['@fontsource/noto-sans-arabic', 'world-atlas', 'maplibre-gl']

function packageOf(id: string): string | null {
  const at = id.lastIndexOf('node_modules/')
  if (at < 0) return null
  const parts = id.slice(at + 'node_modules/'.length).split('/')
  return parts[0]?.startsWith('@') ? `${parts[0]}/${parts[1]}` : (parts[0] ?? null)
}

function notice(root: string, name: string): string {
  const folder = join(root, 'node_modules', name)
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string; license?: string }
  const own = join(root, 'tools', 'licences', `${name}.txt`) // of a package that comes without its licence
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  const text = file ? join(folder, file) : existsSync(own) ? own : null
  return `${name} ${about.version} (${about.license ?? 'see below'})\n\n${text ? readFileSync(text, 'utf8').trim() : ''}\n`
}

export function notices(): Plugin {
  let root = ''
  return {
    name: 'isnad-notices',
    apply: 'build',
    configResolved(config) { root = config.root },
    generateBundle(_, bundle) {
      const names = new Set(DATA)
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk') for (const id of chunk.moduleIds) { const name = packageOf(id); if (name && existsSync(join(root, 'node_modules', name, 'package.json'))) names.add(name) }
      const source = [...names].sort().map((name) => notice(root, name)).join(`\n${'-'.repeat(78)}\n\n`)
      this.emitFile({ type: 'asset', fileName: 'notices.txt', source })
    },
  }
}
