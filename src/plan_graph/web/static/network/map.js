// The map: what /network.json says, drawn with sigma. It knows nothing of the page around it but its colours.
import { EdgeArrowProgram, EdgeRectangleProgram, Graph, Sigma } from "../vendor/network.js";
import { Pointer, seen } from "./pointer.js";
import { SHAPES, Shapes } from "./shapes.js";

export const SIGNIFICANT = 0.05;
const MANY = 2000; // ties, above which they and the names are left out while the map moves
const RESTS = 150; // milliseconds after which a map that moved is at rest
const ROOM = 600; // bodies, above which they are drawn smaller
const CROWD = 5000; // ties, above which those not above expectation are drawn for the selected body alone

export function canDraw() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

// Colours and fonts of the page, which differ by light and dark.
function look() {
  const style = getComputedStyle(document.documentElement);
  const of = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    ink: of("--ink", "#1f2328"),
    paper: of("--raised", "#ffffff"),
    line: of("--edge", "#8a857a"),
    faint: of("--line", "#dcd8cd"),
    focus: of("--focus", "#b3541e"),
    font: of("--sans", "sans-serif"),
  };
}

// A colour that lets through what is below; sigma blends as if colours had been multiplied with their alpha.
function clear(hex, alpha) {
  const number = parseInt(hex.slice(1), 16);
  const parts = [number >> 16, (number >> 8) & 255, number & 255].map((part) => Math.round(part * alpha));
  return `rgba(${parts},${alpha})`;
}

// What one sees of a tie: points by how many doublings it passes expectation, as on the printed map; else a hair.
function width(tie) {
  if (!(tie.q < SIGNIFICANT)) return 1.4;
  const times = tie.expected > 0 ? (tie.pair ?? tie.shared) / tie.expected : 16;
  return 1.2 + 0.9 * Math.log2(Math.min(16, Math.max(1, times)));
}

export function graphOf(data) {
  const { bodies, ties } = data;
  const graph = new Graph({ type: data.directed ? "directed" : "undirected", multi: false });
  const top = Math.max(1, ...bodies.tasks);
  bodies.id.forEach((id, at) => {
    const group = data.groups[bodies.group[at]];
    graph.addNode(id, {
      x: bodies.x[at],
      y: bodies.y[at],
      size: 4 + 14 * Math.sqrt(bodies.tasks[at] / top),
      label: bodies.name[at],
      colour: group.colour,
      shape: Math.max(0, SHAPES.indexOf(group.marker)),
      group: group.key,
      tasks: bodies.tasks[at],
      led: bodies.led[at],
      supported: bodies.supported[at],
    });
  });
  ties.source.forEach((source, at) => {
    const tie = {
      shared: ties.shared[at],
      pair: ties.pair?.[at] ?? null,
      expected: ties.expected[at],
      p: ties.p[at],
      q: ties.q[at] ?? 1,
    };
    const [one, other] = [bodies.id[source], bodies.id[ties.target[at]]];
    graph.addEdgeWithKey(`${one}~${other}`, one, other, { ...tie, size: width(tie) });
  });
  return graph;
}

// What keeps large networks smooth: on the move only bodies are drawn.
const calm = (graph) => ({ hideEdgesOnMove: graph.size > MANY, hideLabelsOnMove: graph.size > MANY });

export class NetworkMap {
  // filters: {q, least, kinds: Set}; body, tie: what is selected
  constructor(place, data) {
    this.filters = { q: null, least: 1, kinds: new Set() };
    this.body = this.tie = this.hovered = null;
    this.look = look();
    this.place = place;
    this.graph = graphOf(data);
    this.scale = this.fit();
    this.sigma = new Sigma(this.graph, place, {
      defaultNodeType: "body",
      nodeProgramClasses: { body: seen(Shapes) },
      defaultEdgeType: data.directed ? "arrow" : "line",
      edgeProgramClasses: { arrow: seen(EdgeArrowProgram), line: seen(EdgeRectangleProgram) },
      enableEdgeEvents: true,
      ...calm(this.graph),
      zIndex: true,
      minEdgeThickness: 0.6,
      labelFont: this.look.font,
      labelSize: 13,
      labelDensity: 0.6,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 5,
      stagePadding: 56 * this.scale,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      defaultDrawNodeLabel: (context, node, settings) => this.drawLabel(context, node, settings),
      defaultDrawNodeHover: (context, node, settings) => this.drawHover(context, node, settings),
      nodeReducer: (id, own) => this.drawnBody(id, own),
      edgeReducer: (id, own) => this.drawnTie(id, own),
    });
    this.pointer = new Pointer(this.sigma);
    this.sigma.on("enterNode", ({ node }) => this.light(node));
    this.sigma.on("leaveNode", () => this.light(null));
    this.sigma.getCamera().on("updated", () => this.moves());
    this.sigma.on("resize", () => {
      this.scale = this.fit();
      this.sigma.setSetting("stagePadding", 56 * this.scale);
    });
  }

  // How large bodies are drawn beside a few hundred on a map of 800 pixels: smaller on phones, and where there are many.
  fit() {
    const room = Math.min(1, Math.max(0.45, this.place.clientWidth / 800));
    return room * Math.min(1, Math.max(0.5, Math.sqrt(ROOM / this.graph.order)));
  }

  show(data) {
    this.graph = graphOf(data);
    if (!this.graph.hasNode(this.body)) this.body = null;
    if (!this.graph.hasEdge(this.tie)) this.tie = null;
    this.near = null;
    this.scale = this.fit();
    this.sigma.setGraph(this.graph); // before anything that draws
    this.sigma.setSettings({ defaultEdgeType: data.directed ? "arrow" : "line", ...calm(this.graph) });
    this.select(this.body, this.tie);
  }

  // Layers that are empty are left out: without a graphics card to put each of them over the others takes long.
  light(hovered) {
    this.hovered = hovered;
    this.place.classList.toggle("lit", Boolean(this.hovered || this.body || this.tie));
  }

  moves() {
    if (this.graph.size <= MANY) return;
    this.place.classList.add("moving");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.place.classList.remove("moving"), RESTS);
  }

  // Colours of the page have changed.
  relook() {
    this.look = look();
    this.sigma.refresh({ skipIndexation: true });
  }

  filter(filters) {
    this.filters = filters;
    this.sigma.refresh({ skipIndexation: true });
  }

  select(body, tie) {
    this.body = body;
    this.tie = tie;
    this.near = body ? new Set([body, ...this.ties(body).map(([, other]) => other)]) : null;
    if (tie) this.near = new Set(this.graph.extremities(tie));
    this.light(this.hovered);
    const pointed = !this.crowded || Boolean(body || tie); // to look for a tie below the pointer takes long among many
    if (this.sigma.getSetting("enableEdgeEvents") !== pointed) this.sigma.setSetting("enableEdgeEvents", pointed);
    this.sigma.refresh({ skipIndexation: true });
  }

  get crowded() {
    return this.graph.size > CROWD;
  }

  keepsBody(id) {
    const { kinds } = this.filters;
    return !kinds.size || kinds.has(this.graph.getNodeAttribute(id, "group"));
  }

  keepsTie(id) {
    const { q, least } = this.filters;
    const own = this.graph.getEdgeAttributes(id);
    return own.shared >= least && (q === null || own.q < q) && this.graph.extremities(id).every((one) => this.keepsBody(one));
  }

  // The ties of a body that are shown: [tie, other body, attributes], most surprising first.
  ties(body) {
    return this.graph
      .edges(body)
      .filter((tie) => this.keepsTie(tie))
      .map((tie) => [tie, this.graph.opposite(body, tie), this.graph.getEdgeAttributes(tie)])
      .sort((one, other) => one[2].q - other[2].q || other[2].shared - one[2].shared);
  }

  counts() {
    return {
      bodies: this.graph.nodes().filter((id) => this.keepsBody(id)).length,
      ties: this.graph.edges().filter((id) => this.keepsTie(id)).length,
    };
  }

  drawnBody(id, own) {
    if (!this.keepsBody(id)) return { ...own, hidden: true };
    const near = !this.near || this.near.has(id);
    const chosen = id === this.body || (this.tie && near);
    return {
      ...own,
      size: own.size * this.scale,
      color: near ? own.colour : this.look.faint,
      label: near ? own.label : null,
      forceLabel: Boolean(this.near && near),
      highlighted: Boolean(chosen),
      zIndex: near ? 2 : 0,
    };
  }

  drawnTie(id, own) {
    if (!this.keepsTie(id)) return { ...own, hidden: true };
    const strong = own.q < SIGNIFICANT;
    if (id === this.tie) return { ...own, color: this.look.focus, size: Math.max(3, own.size), zIndex: 3 };
    if (this.tie || (this.body && !this.graph.hasExtremity(id, this.body))) return { ...own, hidden: true };
    if (!strong && this.crowded && !this.body) return { ...own, hidden: true };
    return { ...own, color: strong ? clear(this.look.ink, 0.55) : clear(this.look.line, this.body ? 0.7 : 0.35), zIndex: strong ? 1 : 0 };
  }

  drawLabel(context, node, settings) {
    if (!node.label) return;
    context.font = `${settings.labelSize}px ${this.look.font}`;
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = this.look.paper;
    context.fillStyle = this.look.ink;
    const y = node.y + node.size + settings.labelSize;
    context.strokeText(node.label, node.x, y);
    context.fillText(node.label, node.x, y);
    context.textAlign = "start";
  }

  drawHover(context, node, settings) {
    context.beginPath();
    context.arc(node.x, node.y, node.size + 3.5, 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = this.look.focus;
    context.stroke();
    this.drawLabel(context, node, settings);
  }
}
