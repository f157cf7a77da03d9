/** The map: MapLibre on bundled outlines of countries; nothing is fetched from elsewhere unless a tile address is set. */

import { GeoJSONSource, Map as MapLibre, NavigationControl, setWorkerUrl, type LngLatBoundsLike, type StyleSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Feature, FeatureCollection, Point } from 'geojson'
import type { Lang, Points } from '../lib/types'
import { ground } from './ground'
import { addSigns } from './signs'
import { background, type Background } from './tiles'

setWorkerUrl(workerUrl)

interface Options {
  view: string | null
  locale: Lang
  dark: boolean
  tiles: string | null
  /** The background could not be had; the map goes on without it. */
  bare: () => void
  moved: (view: string, bbox: string) => void
  picked: (id: string) => void
  opened: (id: string) => void
}
export interface Desk {
  show(points: Points): void
  choose(id: string | null): void
  dress(lang: Lang, dark: boolean): void
  look(view: string): void
  bbox(): string
  close(): void
}

const FONT = ['Noto Sans Arabic']
const EMPTY: FeatureCollection<Point> = { type: 'FeatureCollection', features: [] }
const HOME: [number, number, number] = [4, 29, 38]
/** Earth's girth over a tile of 512 pixels: metres a pixel at zoom 0 on the equator. */
const METRES_A_PIXEL = 40_075_016.686 / 512

function parse(view: string | null): [number, number, number] | null {
  const found = (view ?? '').split('/').map(Number)
  return found.length === 3 && found.every(Number.isFinite) ? (found as [number, number, number]) : null
}

/** The circle of uncertainty in pixels at zoom 0; it doubles with every zoom. */
function spread(km: number | null, lat: number): number {
  return km ? (km * 1000) / (METRES_A_PIXEL * Math.cos((lat * Math.PI) / 180)) : 0
}

function collection(points: Points): FeatureCollection<Point> {
  const features: Feature<Point>[] = points.ids.map((id, n) => {
    const lat = points.lat[n] as number
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [points.lon[n] as number, lat] },
      properties: { id, grade: points.grade[n] ?? 'none', type: points.type[n], spread: spread(points.radius_km[n] ?? null, lat) },
    }
  })
  return { type: 'FeatureCollection', features }
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

function paints(): Record<string, [string, string][]> {
  return {
    sea: [['background-color', colour('sea')]],
    land: [['fill-color', colour('land')]],
    borders: [['line-color', colour('border')]],
    names: [['text-color', colour('soft')], ['text-halo-color', colour('land')]],
    spread: [['circle-color', colour('accent')], ['circle-stroke-color', colour('accent')]],
    heaps: [['circle-color', colour('accent')]],
    'heap-counts': [['text-color', colour('on-accent')]],
    chosen: [['circle-stroke-color', colour('focus')]],
  }
}

function style(tiles: Background | null, outlines: FeatureCollection, names: FeatureCollection): StyleSpecification {
  const grows = (at: string): unknown => ['interpolate', ['exponential', 2], ['zoom'], 0, ['get', at], 22, ['*', ['get', at], 2 ** 22]]
  return {
    version: 8,
    sources: {
      ...(tiles ? { tiles: tiles.source } : {}),
      outlines: { type: 'geojson', data: outlines },
      names: { type: 'geojson', data: names },
      points: { type: 'geojson', data: EMPTY, cluster: true, clusterRadius: 34, clusterMaxZoom: 9 },
      chosen: { type: 'geojson', data: EMPTY },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': '#dfe7ea' } },
      { id: 'land', type: 'fill', source: 'outlines', paint: { 'fill-color': '#f8f7f3' } },
      ...(tiles?.layers ?? []),
      { id: 'borders', type: 'line', source: 'outlines', paint: { 'line-color': '#b9b6aa', 'line-width': 1 } },
      { id: 'names', type: 'symbol', source: 'names', layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 13, 'text-max-width': 8 }, paint: { 'text-color': '#575b60', 'text-halo-color': '#fff', 'text-halo-width': 1.4 } },
      { id: 'spread', type: 'circle', source: 'points', filter: ['!', ['has', 'point_count']], paint: { 'circle-radius': grows('spread') as number, 'circle-color': '#0b5d57', 'circle-opacity': 0.1, 'circle-stroke-color': '#0b5d57', 'circle-stroke-width': 1, 'circle-stroke-opacity': 0.45 } },
      { id: 'heaps', type: 'circle', source: 'points', filter: ['has', 'point_count'], paint: { 'circle-radius': ['step', ['get', 'point_count'], 13, 10, 16, 100, 20, 1000, 26], 'circle-color': '#0b5d57', 'circle-opacity': 0.92 } },
      { id: 'heap-counts', type: 'symbol', source: 'points', filter: ['has', 'point_count'], layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-font': FONT, 'text-size': 13, 'text-allow-overlap': true }, paint: { 'text-color': '#fff' } },
      { id: 'dots', type: 'symbol', source: 'points', filter: ['!', ['has', 'point_count']], layout: { 'icon-image': ['concat', 'grade-', ['get', 'grade']], 'icon-allow-overlap': true } },
      { id: 'chosen', type: 'circle', source: 'chosen', paint: { 'circle-radius': 12, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': '#0050c8', 'circle-stroke-width': 3 } },
    ],
  }
}

/** Open the map in `box`; resolves when it can take points.  Fails where the browser has no WebGL. */
export async function openMap(box: HTMLElement, options: Options): Promise<Desk> {
  const [{ outlines, names }, tiles] = await Promise.all([
    ground(),
    options.tiles ? background(options.tiles).catch((error: unknown) => { console.warn('no tiles:', error); options.bare(); return null }) : null,
  ])
  const [zoom, lat, lon] = parse(options.view) ?? HOME
  const map = new MapLibre({
    container: box, style: style(tiles, outlines, names(options.locale)), center: [lon, lat], zoom,
    attributionControl: tiles ? {} : false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0, maxZoom: 16, renderWorldCopies: false,
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'top-left')
  await map.once('load')
  const source = (name: string): GeoJSONSource => map.getSource(name) as GeoJSONSource

  let shown: FeatureCollection<Point> = EMPTY
  let own = '' // the view this map itself put into the address
  let fitted = parse(options.view) !== null
  let lang = options.locale

  const bbox = (): string => {
    const bounds = map.getBounds()
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((n) => n.toFixed(3)).join(',')
  }
  map.on('moveend', (event) => {
    const centre = map.getCenter()
    own = `${map.getZoom().toFixed(2)}/${centre.lat.toFixed(4)}/${centre.lng.toFixed(4)}`
    if ((event as { originalEvent?: unknown }).originalEvent || fitted) options.moved(own, bbox())
  })
  map.on('click', 'dots', (event) => {
    const id = event.features?.[0]?.properties['id'] as string | undefined
    if (id) options.picked(id)
  })
  map.on('dblclick', 'dots', (event) => {
    event.preventDefault()
    const id = event.features?.[0]?.properties['id'] as string | undefined
    if (id) options.opened(id)
  })
  map.on('click', 'heaps', async (event) => {
    const heap = event.features?.[0]
    if (!heap) return
    const to = await source('points').getClusterExpansionZoom(heap.properties['cluster_id'] as number)
    map.easeTo({ center: (heap.geometry as Point).coordinates as [number, number], zoom: to, duration: 200 })
  })
  for (const layer of ['dots', 'heaps']) {
    map.on('mouseenter', layer, () => { map.getCanvas().style.cursor = 'pointer' })
    map.on('mouseleave', layer, () => { map.getCanvas().style.cursor = '' })
  }
  map.on('idle', () => { box.dataset['idle'] = 'true' })

  return {
    show(points) {
      delete box.dataset['idle']
      shown = collection(points)
      source('points').setData(shown)
      if (fitted || !shown.features.length) return
      fitted = true
      const lons = points.lon
      const lats = points.lat
      const bounds: LngLatBoundsLike = [[least(lons), least(lats)], [greatest(lons), greatest(lats)]]
      map.fitBounds(bounds, { padding: 40, maxZoom: 8, duration: 0 })
    },
    choose(id) {
      const feature = id ? shown.features.find((one) => one.properties?.['id'] === id) : undefined
      source('chosen').setData(feature ? { ...EMPTY, features: [feature] } : EMPTY)
      if (feature && !map.getBounds().contains(feature.geometry.coordinates as [number, number])) map.easeTo({ center: feature.geometry.coordinates as [number, number], duration: 200 })
    },
    dress(now) {
      if (now !== lang) source('names').setData(names((lang = now)))
      for (const { layer, field } of tiles?.names(now) ?? []) map.setLayoutProperty(layer, 'text-field', field as string)
      addSigns(map, colour)
      for (const [layer, entries] of Object.entries({ ...paints(), ...tiles?.paints(colour) })) for (const [name, value] of entries) map.setPaintProperty(layer, name as 'fill-color', value)
    },
    look(view) {
      const wish = parse(view)
      if (wish && view !== own) map.jumpTo({ zoom: wish[0], center: [wish[2], wish[1]] })
    },
    bbox,
    close() { map.remove() },
  }
}

const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const greatest = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
