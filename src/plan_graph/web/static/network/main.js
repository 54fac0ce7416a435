// /network: joins the form, the map, the panel beside it and the lists below, and keeps all of it in the address.
import { NetworkMap, canDraw } from "./map.js";
import { showBody, showNothing, showTie } from "./panel.js";

const CHOOSING = ["layer", "year", "plan", "theme"]; // which network it is; the rest is which of its ties
const explorer = document.getElementById("explorer");
const form = document.getElementById("filters");
const panel = document.getElementById("panel");
const place = document.getElementById("map");
const words = JSON.parse(explorer.dataset.words);
let data;
let map;
let listing;

const word = (body) => body.replace("/", ".");
const rounded = (value) => Number(value.toFixed(3));

// The parameters of the form that say something.
function asked() {
  const said = new URLSearchParams();
  for (const [key, value] of new FormData(form)) {
    const plain = key === "body" || (key === "layer" && value === "any") || (key === "min" && Number(value) <= 1);
    if (value && !plain) said.append(key, value);
  }
  return said;
}

function filters() {
  const said = asked();
  const q = said.get("q");
  return { q: q === null ? null : Number(q), least: Number(said.get("min") ?? 1), kinds: new Set(said.getAll("kind")) };
}

// The address of what is seen: the form, what is selected, where the camera is. Each choice is a step to go back to;
// where the camera moved since is not.
function remember(step = true) {
  const said = asked();
  if (map.body) said.set("body", map.body);
  if (map.tie) said.set("tie", map.tie);
  const { x, y, ratio } = map.sigma.getCamera().getState();
  const at = [x, y, ratio].map(rounded).join(",");
  if (at !== "0.5,0.5,1") said.set("at", at);
  const query = said.toString().replaceAll("%2F", "/").replaceAll("%7E", "~").replaceAll("%2C", ",");
  const address = query ? `?${query}` : location.pathname;
  if (step && address !== (location.search || location.pathname)) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

// The lists below are those of the page at this address, made by the server.
async function list() {
  listing?.abort();
  listing = new AbortController();
  const said = new URLSearchParams(location.search);
  for (const key of ["at", "tie"]) said.delete(key);
  try {
    const answer = await fetch(`${location.pathname}?${said}`, { signal: listing.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("listed").replaceWith(page.getElementById("listed"));
    explorer.dataset.listed = String(Number(explorer.dataset.listed ?? 0) + 1);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function choose(body, tie) {
  const other = body !== map.body;
  map.select(body, tie);
  form.elements.body.value = body ? map.graph.getNodeAttribute(body, "label") : "";
  say();
  remember();
  if (other) list();
}

function say() {
  const counts = map.counts();
  explorer.dataset.bodies = counts.bodies;
  explorer.dataset.ties = counts.ties;
  if (map.tie) sayTie(map.tie);
  else if (map.body) showBody(panel, map, words, map.body, choose);
  else showNothing(panel, map, words);
}

function sayTie(tie) {
  const [one, other] = map.graph.extremities(tie);
  const kind = data.directed ? "directed-tie" : "tie";
  const page = `/${kind}/${data.year ?? "all"}/${word(one)}/${word(other)}`;
  const compared = new URLSearchParams({ a: one, b: other });
  for (const key of ["plan", "year"]) if (data[key]) compared.set(key, data[key]);
  showTie(panel, map, words, tie, {
    address: `${page}.json`,
    page: data.ties_of_graph ? page : `/compare?${compared}`,
    fits: (task) => (!data.plan || task.plan === data.plan) && (!data.theme || task.theme === data.theme),
    choose,
  });
}

async function read() {
  const said = new URLSearchParams([...asked()].filter(([key]) => CHOOSING.includes(key)));
  const answer = await fetch(`/network.json?${said}`);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function change(key) {
  if (CHOOSING.includes(key)) {
    try {
      data = await read();
    } catch {
      panel.textContent = words.failed;
      return;
    }
    map.show(data);
  }
  map.filter(filters());
  map.select(map.body, map.tie && map.keepsTie(map.tie) ? map.tie : null);
  say();
  remember();
  await list();
}

function find(name) {
  const wanted = name.trim();
  if (!wanted) return choose(null, null);
  const found = map.graph.findNode((id, own) => id === wanted || own.label === wanted);
  if (!found) {
    panel.textContent = words.unknown;
    return undefined;
  }
  choose(found, null);
  return goTo(found);
}

// Bring a body into sight where it is not.
function goTo(body) {
  const { x, y } = map.sigma.getNodeDisplayData(body);
  const at = map.sigma.framedGraphToViewport({ x, y });
  const { width, height } = map.sigma.getDimensions();
  if (at.x < 20 || at.y < 20 || at.x > width - 20 || at.y > height - 20) move({ x, y });
}

function move(state) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const camera = map.sigma.getCamera();
  if (still) camera.setState({ ...camera.getState(), ...state });
  else camera.animate(state, { duration: 250 });
}

// The bodies that are shown, most tasks first: the order in which keys walk through them.
function walk(step) {
  const all = map.graph
    .nodes()
    .filter((id) => map.keepsBody(id))
    .sort((one, other) => map.graph.getNodeAttribute(other, "tasks") - map.graph.getNodeAttribute(one, "tasks"));
  if (!all.length) return;
  const at = all.indexOf(map.body);
  const next = all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length];
  choose(next, null);
  goTo(next);
}

function zoom(times) {
  move({ ratio: Math.min(4, Math.max(0.02, map.sigma.getCamera().ratio * times)) });
}

function pan(x, y) {
  const { x: left, y: low, ratio } = map.sigma.getCamera().getState();
  move({ x: left + (x * ratio) / 8, y: low + (y * ratio) / 8 });
}

const whole = () => move({ x: 0.5, y: 0.5, ratio: 1 });
const KEYS = {
  "+": () => zoom(1 / 1.5),
  "=": () => zoom(1 / 1.5),
  "-": () => zoom(1.5),
  0: whole,
  ArrowLeft: () => pan(-1, 0),
  ArrowRight: () => pan(1, 0),
  ArrowUp: () => pan(0, 1),
  ArrowDown: () => pan(0, -1),
  "[": () => walk(-1),
  "]": () => walk(1),
  Escape: () => choose(null, null),
};

function listen() {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => (target.name === "body" ? find(target.value) : change(target.name)));
  place.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1 / 1.5));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1.5));
  document.getElementById("whole").addEventListener("click", whole);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.relook());
  map.sigma.on("clickNode", ({ node }) => choose(node, null));
  map.sigma.on("clickEdge", ({ edge }) => choose(null, edge));
  map.sigma.on("clickStage", () => (map.body || map.tie ? choose(null, null) : undefined));
  for (const one of ["Node", "Edge"]) {
    map.sigma.on(`enter${one}`, () => place.classList.add("pointed"));
    map.sigma.on(`leave${one}`, () => place.classList.remove("pointed"));
  }
  let soon;
  map.sigma.getCamera().on("updated", () => {
    clearTimeout(soon);
    soon = setTimeout(() => remember(false), 200);
  });
  addEventListener("popstate", async () => {
    clearTimeout(soon);
    const said = new URLSearchParams(location.search);
    const before = CHOOSING.map((key) => data[key] ?? "").join();
    fill(said);
    if (CHOOSING.map((key) => said.get(key) ?? (key === "layer" ? "any" : "")).join() !== before) {
      const now = await read();
      if (said.toString() !== new URLSearchParams(location.search).toString()) return; // gone on while it was read
      data = now;
      map.show(data);
    }
    map.filter(filters());
    see(said);
    say();
    await list();
  });
}

// Write what an address says into the form.
function fill(said) {
  for (const one of form.elements) {
    if (one.type === "checkbox") one.checked = said.getAll(one.name).includes(one.value);
    else if (one.name === "layer") one.value = said.get("layer") ?? "any";
    else if (one.name === "min") one.value = said.get("min") ?? "1";
    else if (one.name) one.value = said.get(one.name) ?? "";
  }
}

// Select what an address names, and look from where it says.
function see(said) {
  const body = said.get("body");
  const tie = said.get("tie");
  const label = (id, own) => id === body || own.label === body;
  const found = body && !tie ? (map.graph.findNode(label) ?? null) : null;
  map.select(found, map.graph.hasEdge(tie) ? tie : null);
  form.elements.body.value = found ? map.graph.getNodeAttribute(found, "label") : "";
  const at = (said.get("at") ?? "0.5,0.5,1").split(",").map(Number);
  if (at.length === 3 && at.every(Number.isFinite)) {
    map.sigma.getCamera().setState({ x: at[0], y: at[1], ratio: Math.min(4, Math.max(0.02, at[2])) });
  }
}

async function begin() {
  const said = new URLSearchParams(location.search);
  data = await read();
  explorer.hidden = false;
  document.getElementById("key").hidden = false;
  map = new NetworkMap(place, data);
  place.network = map; // for the console
  map.filter(filters());
  see(said);
  say();
  listen();
}

// Without a map the form and the lists do.
function plain() {
  explorer.remove();
  document.getElementById("key").remove();
  form.classList.add("plain");
}

if (canDraw()) begin().catch(plain);
else plain();
