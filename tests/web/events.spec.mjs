// Events one by one: the least sure first, the words in colour, one key a decision, correction, undo.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, clean, launch, open, visit } from './desk.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

const card = (page) => page.locator('[data-card=event]')
const shown = (page) => card(page).getAttribute('data-key')
const other = (page, old) => page.waitForFunction((key) => { const now = document.querySelector('[data-card=event]')?.dataset.key; return now !== undefined && now !== key }, old)
const decision = (page) => page.waitForResponse((one) => one.url().endsWith('/decisions') && one.request().method() === 'POST')
const next = async (page) => (await ask(page, '/review/events/next')).body

test('the least sure event comes first, in its sentence with its words coloured by role', async () => {
  const page = await open(browser, { lang: 'ar' })
  await visit(page, '/review')
  await page.locator('[data-queue=events]').click()
  await page.waitForURL(/of=events/)
  await card(page).waitFor()
  const { card: first, left } = await next(page)
  assert.equal(Number(await page.locator('[data-left]').getAttribute('data-left')), left)
  const { body } = await ask(page, '/events?limit=1000')
  assert.equal(first.event.score, Math.min(...body.items.map((one) => one.score)))
  const trigger = await card(page).locator('mark[data-role=trigger]').allTextContents()
  assert.equal(trigger.join(''), first.event.trigger.text)
  const roles = new Set(first.segments.flatMap((one) => one.roles.map((role) => role.role)))
  for (const role of ['actor', 'recipient', 'place']) if (roles.has(role) && first.segments.some((one) => one.roles[0]?.role === role)) assert.ok((await card(page).locator(`mark[data-role=${role}]`).count()) > 0, role)
  assert.equal(await card(page).locator('.text').evaluate((one) => getComputedStyle(one).direction), 'rtl')
  clean(page)
  await page.context().close()
})

test('A accepts, X rejects, U takes back, J and K look on; each decision stands in the log with the words', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/review?of=events')
  await card(page).waitFor()
  const { card: first } = await next(page)
  const one = await shown(page)
  let answer = decision(page)
  await page.keyboard.press('a')
  await other(page, one)
  assert.equal((await answer).status(), 201)
  const { card: second } = await next(page)
  assert.notEqual(second.id, first.id)
  const two = await shown(page)
  answer = decision(page)
  await page.keyboard.press('x')
  await other(page, two)
  assert.equal((await answer).status(), 201)
  const gone = (await ask(page, `/articles/${second.article.id}`)).body.events.some((event) => event.id === second.event.id)
  assert.equal(gone, false, 'what was rejected is no event of the article')
  answer = decision(page)
  await page.keyboard.press('u')
  assert.equal((await answer).status(), 201)
  await page.waitForFunction((key) => document.querySelector('[data-card=event]')?.dataset.key === key, two)
  await page.keyboard.press('j')
  await other(page, two)
  await page.keyboard.press('k')
  await page.waitForFunction((key) => document.querySelector('[data-card=event]')?.dataset.key === key, two)
  await page.keyboard.press('5')
  await page.locator('[data-decision]').first().waitFor()
  const link = page.locator('[data-decision] a', { hasText: `«${first.event.trigger.text}»` }).first()
  await link.click()
  await page.locator(`.event.chosen[data-event-card="${first.event.id}"]`).waitFor()
  clean(page)
  await page.context().close()
})

test('C corrects a field of the event: parties by name, and the reading is then as corrected', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/review?of=events')
  await card(page).waitFor()
  const { card: first } = await next(page)
  const text = await shown(page)
  await page.keyboard.press('c')
  await page.locator('#correct-field').selectOption('recipients')
  for (const chip of await page.locator('dialog .chip button').all()) await chip.click()
  await page.locator('#correct-value').fill('Civilians')
  await page.locator('#correct-value').press('Enter')
  await page.locator('dialog .chip', { hasText: 'Civilians' }).waitFor()
  await page.locator('#correct-reason').fill('the text says so')
  const answer = decision(page)
  await page.locator('[data-act=do-correct]').click()
  const made = await answer
  assert.equal(made.status(), 201, await made.text())
  await other(page, text)
  const { events } = (await ask(page, `/articles/${first.article.id}`)).body
  assert.deepEqual(events.find((one) => one.id === first.event.id).recipients.map((one) => one.id), ['civilians'])
  clean(page)
  await page.context().close()
})

test('one event of an article decided does not make a clash of the next', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/review?of=events')
  await card(page).waitFor()
  for (let n = 0; n < 8; n++) {
    const text = await shown(page)
    const answer = page.waitForResponse((one) => one.url().endsWith('/decisions') && one.status() === 201)
    await page.keyboard.press(n % 2 ? 'a' : 'x')
    await other(page, text)
    await answer
    assert.equal(await page.locator('[data-clash]').count(), 0)
  }
  clean(page)
  await page.context().close()
})
