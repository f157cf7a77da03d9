// Pictures of every screen over the sample articles, for the READMEs and the docs: npm run screens [-- FOLDER]
// Starts `isnad serve` on a store of its own.  ISNAD names the command (default: ../.venv/bin/isnad), CHROMIUM the browser.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OUT = process.argv[2] ?? join(ROOT, 'docs', 'screens')
const ISNAD = process.env.ISNAD ?? join(ROOT, '.venv', 'bin', 'isnad')
const work = mkdtempSync(join(tmpdir(), 'isnad-screens-'))
const db = join(work, 'isnad.db')

execFileSync(ISNAD, ['add', join(ROOT, 'src/isnad/cli/samples/articles.jsonl'), '--db', db], { stdio: 'ignore' })
const server = spawn(ISNAD, ['serve', '--db', db, '--port', '0', '--auth', 'none'], { stdio: ['ignore', 'pipe', 'inherit'] })
const [line] = await new Promise((done) => createInterface({ input: server.stdout }).once('line', (text) => done([text])))
const base = line.replace(/\/$/, '')
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking'] })
try {
  mkdirSync(OUT, { recursive: true })
  const { features } = await (await fetch(`${base}/api/v1/incidents?limit=100`)).json()
  const by = (weigh) => features.toSorted((a, b) => weigh(b.properties) - weigh(a.properties))[0].id
  const incident = by((one) => one.voices.outlets * 10 + one.disputes.length * 25 + one.members)
  const { claims, voices } = await (await fetch(`${base}/api/v1/incidents/${incident}`)).json()
  const screens = [
    ['explore', '/', '.map[data-idle=true]'], ['incident', `/incidents/${incident}`, '[data-claims]'],
    ['article', `/articles/${claims[0].article}?event=${claims[0].event}`, '.body mark'], ['search', `/search?q=${encodeURIComponent('قصف')}`, '[data-hit] mark'],
    ['review', '/review', '[data-tellings] figure'], ['events', '/review?of=events', '[data-card] mark'],
    ['sources', '/sources', '[data-outlets] tbody tr'], ['outlet', `/sources/${encodeURIComponent(voices.outlets[0].id)}`, '[data-record]'],
    ['log', '/log', '[data-log]'], ['imports', '/imports', '#import-file'], ['settings', '/settings', '[data-searches]'],
  ]
  await fill(incident)
  for (const [lang, theme] of [['ar', 'light'], ['en', 'dark']]) {
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } })
    for (const [name, path, mark] of screens) {
      await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}&theme=${theme}`)
      await page.locator(mark).first().waitFor()
      await page.evaluate(() => document.fonts.ready)
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(OUT, `${name}.${lang}.png`), animations: 'disabled' })
      if (name === 'incident')
        for (const part of ['claims', 'chain', 'names']) await page.locator(`section[aria-labelledby=${part}]`).screenshot({ path: join(OUT, `incident-${part}.${lang}.png`), animations: 'disabled' })
    }
    await page.close()
  }
  console.log(`${(screens.length + 3) * 2} pictures in ${OUT}`)
} finally {
  await browser.close()
  server.kill()
  rmSync(work, { recursive: true, force: true })
}

/** A decision and a saved search, so that log and settings are not empty. */
async function fill(incident) {
  const one = await fetch(`${base}/api/v1/incidents/${incident}`)
  const headers = { 'Content-Type': 'application/json' }
  await fetch(`${base}/api/v1/decisions`, { method: 'POST', headers: { ...headers, 'If-Match': one.headers.get('ETag') }, body: JSON.stringify({ kind: 'accept', target: { incident }, reason: 'يطابق النصوص' }) })
  await fetch(`${base}/api/v1/searches`, { method: 'POST', headers, body: JSON.stringify({ name: 'ما فيه خلاف', query: 'dispute=true' }) })
}
