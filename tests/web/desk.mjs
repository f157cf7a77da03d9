// What the browser tests share: a browser, pages that can reach the loopback only, and ways to wait for the page.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const require = createRequire(new URL('../../frontend/package.json', import.meta.url))
const { chromium } = require('playwright-core')
export const { PNG } = require('pngjs')
export const pixelmatch = (await import(pathToFileURL(require.resolve('pixelmatch')).href)).default
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const URL_ = process.env.ISNAD_TEST_URL // the server that the fixture started
export const LANGS = ['ar', 'en']
export const THEMES = ['light', 'dark']
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-first-run', '--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb',
]

export const launch = () => chromium.launch({ executablePath: process.env.ISNAD_TEST_CHROMIUM ?? '/usr/bin/chromium', args: ARGS })

/** A new browser session.  `page.faults` gathers errors of the page, `page.outside` requests to anywhere but the loopback. */
export async function open(browser, { lang = 'ar', theme = 'light', width = 1440, height = 900 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, acceptDownloads: true, timezoneId: 'UTC' })
  await context.addInitScript(([l, th]) => {
    if (!localStorage.getItem('isnad.lang')) localStorage.setItem('isnad.lang', l)
    if (!localStorage.getItem('isnad.theme')) localStorage.setItem('isnad.theme', th)
  }, [lang, theme])
  const page = await context.newPage()
  page.faults = []
  page.outside = []
  await context.route('**/*', (route) => {
    const { hostname, protocol } = new URL(route.request().url())
    if (protocol.startsWith('http') && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
      page.outside.push(route.request().url())
      return route.abort()
    }
    return route.continue()
  })
  page.on('pageerror', (error) => page.faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.faults.push(message.text())
  })
  page.setDefaultTimeout(20_000)
  return page
}

export async function visit(page, path) {
  await page.goto(URL_ + path)
  await page.locator('#main h1').first().waitFor({ state: 'attached' })
  return page
}

/** Explore with list, counts and map at rest. */
export async function explore(page, query = '') {
  await visit(page, `/${query}`)
  await settled(page)
}
export async function settled(page) {
  await page.locator('.explore[data-busy=false]').waitFor()
  await page.locator('[data-total]').waitFor()
  await page.locator('.map[data-ready=true][data-idle=true]').waitFor({ state: 'attached' })
}

export async function counts(page) {
  const number = async (selector, name) => Number(await page.locator(selector).first().getAttribute(name))
  return { total: await number('[data-total]', 'data-total'), map: await number('[data-map-count]', 'data-map-count'), noplace: await number('[data-noplace]', 'data-noplace') }
}

export const listed = (page) => page.locator('[data-list] [data-row]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')))

/** Faults that axe counts as serious or worse, in one line each. */
export async function axe(page) {
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations)
  return found.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`)
}

export function clean(page) {
  assert.deepEqual(page.faults, [], 'errors in the page')
  assert.deepEqual(page.outside, [], 'requests that would have left the machine')
}

/** Ask the API from within a signed-in page. */
export const ask = (page, path) => page.evaluate(async (at) => {
  const response = await fetch(`/api/v1${at}`)
  return { status: response.status, url: response.url, etag: response.headers.get('ETag'), body: await response.json() }
}, path)

export const articles = async (page) => {
  const all = []
  let cursor = ''
  do {
    const { body } = await ask(page, `/articles?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    all.push(...body.items)
    cursor = body.next
  } while (cursor)
  return all
}
export const articleTitled = async (page, start) => {
  const found = (await articles(page)).find((one) => one.title?.startsWith(start))
  assert.ok(found, `an article titled ${start}`)
  return found.id
}
/** The ids of incidents, those with most claims first. */
export const incidents = async (page, query = '') => (await ask(page, `/incidents?limit=100${query}`)).body.features.map((one) => one.id)
