// The service worker: the page without a network. `offline.ts` puts before it what `build` is: its `version`, the page's
// own script (`entry`), its `parts`, whose names change with what is in them, and its `loose` files with their hashes.

const scope = new URL("./", location.href).href;
const prefix = `driftwood ${scope} `;
const cacheName = prefix + build.version;
const anyhow = { ignoreSearch: true, ignoreVary: true };
const page = "";

addEventListener("install", (event) => event.waitUntil(keepBuild()));
addEventListener("activate", (event) => event.waitUntil(dropOthers()));
// A page asks which version this is.
addEventListener("message", ({ source }) => source.postMessage({ driftwood: build.entry }));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const name = nameOf(url);
  if (name === null) return;
  if (name.startsWith("assets/") && method === "GET") event.respondWith(part(event.request));
  else if (Object.hasOwn(build.loose, name) && (method === "GET" || method === "HEAD"))
    event.respondWith(loose(event.request, name));
});

/** A file's name in our folder; null: it lies elsewhere. */
function nameOf(url) {
  const [address] = url.split(/[?#]/);
  if (!address.startsWith(scope)) return null;
  const name = address.slice(scope.length);
  return name === "index.html" ? page : name;
}

/** Of this version or another one: as long as its page may be open, its parts are here. */
const part = async (request) => (await caches.match(request, anyhow)) ?? fetch(request);

/** Its name says nothing of its version: the newest, as far as it can be had. */
async function loose(request, name) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await (await newestWhole())?.match(scope + name, anyhow);
    if (found === undefined) throw error;
    return found;
  }
}

/** Caches are listed in the order in which they were made. The page comes last into each: with it, it is whole. */
async function newestWhole() {
  for (const name of (await ours()).reverse()) {
    const cache = await caches.open(name);
    if ((await cache.match(scope + page, anyhow)) !== undefined) return cache;
  }
}

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

/** Keeps all of this build, or fails; what is kept already, by an attempt before or by another version, is not fetched. */
async function keepBuild() {
  const cache = await caches.open(cacheName);
  const keep = async (name) => {
    const url = scope + name;
    if ((await cache.match(url, anyhow)) !== undefined) return;
    const integrity = build.loose[name];
    const kept = integrity === undefined ? await caches.match(url, anyhow) : undefined;
    await cache.put(url, kept ?? (await fetched(url, integrity)));
  };
  const waiting = [...build.parts, ...Object.keys(build.loose).filter((name) => name !== page)].values();
  const lane = async () => {
    for (const name of waiting) await keep(name);
  };
  await Promise.all([lane(), lane(), lane()]);
  await keep(page);
}

/** While a new version is being put up, a file may be of another one than this list: its hash says so. */
async function fetched(url, integrity) {
  const exactly = integrity === undefined ? {} : { integrity, cache: "no-cache" };
  const response = await fetch(url, { ...exactly, priority: "low" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** Runs once no page is open that another version serves. */
async function dropOthers() {
  await Promise.all((await ours()).filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  await clients.claim();
}
